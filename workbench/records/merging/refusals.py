"""What rulings say against corrections: of a finding that is ruled to be the document's own, or set aside, no cell is
to be changed; one that is right is to stay; a value that was rejected is not to be put in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.model.record import Action, Decision, RecordedTable, ReviewRecord, Verdict
from workbench.records.codec.actions import fingerprint

_AS_PRINTED = frozenset({Verdict.SOURCE_ERROR, Verdict.WAIVED})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A ruling that speaks against a change of a cell: to any other text, or (with `value`) to this one."""

    decision: Decision
    value: str | None = None

    def forbids(self, text: str | None) -> bool:
        """Whether the cell is not to show this text; None is what it prints."""
        return text is not None and self.value in (None, text)


def refusals(record: ReviewRecord, without: Iterable[Action] = ()) -> dict[str, Refusal]:
    """The cells ("t03/8/2") that rulings in force speak for, but for the rulings among the steps `without`; nothing is
    said by a ruling on a finding that those steps rule on too, which is another matter."""
    known = list(without)
    known_steps = {fingerprint(action) for action in known}
    ruled_elsewhere = {
        action.finding for action in known if isinstance(action, Decision) and not action.along_correction
    }
    cells = {finding.id: finding.cells for finding in record.findings}
    found: dict[str, Refusal] = {}
    for decision in _in_force(record.decisions):
        if fingerprint(decision) in known_steps:
            continue
        if decision.along_correction:
            continue
        if decision.verdict in _AS_PRINTED and decision.finding not in ruled_elsewhere:
            found |= {cell: Refusal(decision) for cell in cells.get(decision.finding, ())}
        elif decision.verdict is Verdict.CELL_RIGHT and decision.cell is not None:
            found[str(decision.cell)] = Refusal(decision)
        elif decision.verdict is Verdict.VALUE_REJECTED and decision.cell is not None:
            found.setdefault(str(decision.cell), Refusal(decision, decision.value))
    return found


def _in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that were not taken back, of several on one finding the last."""
    kept: list[Decision] = []
    for decision in decisions:
        if decision.verdict is Verdict.REOPENED:
            kept = [other for other in kept if other.finding != decision.finding]
        elif decision.verdict in (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED):
            kept.append(decision)
        else:
            about_cells = (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED)
            kept = [other for other in kept if other.finding != decision.finding or other.verdict in about_cells]
            kept.append(decision)
    return kept


def restored(
    merged: Sequence[RecordedTable], ours: Sequence[RecordedTable], cells: Collection[str]
) -> tuple[RecordedTable, ...]:
    """The merged grids with these cells as ours show them."""
    own = {table.id: table for table in ours}
    return tuple(_restored(table, own.get(table.id), cells) for table in merged)


def _restored(table: RecordedTable, own: RecordedTable | None, cells: Collection[str]) -> RecordedTable:
    if own is None or not any(cell.rpartition("/")[0].rpartition("/")[0] == table.id for cell in cells):
        return table
    rows = tuple(
        tuple(
            own.rows[row][column] if f"{table.id}/{row}/{column}" in cells and _has(own, row, column) else text
            for column, text in enumerate(line)
        )
        for row, line in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _has(table: RecordedTable, row: int, column: int) -> bool:
    return row < len(table.rows) and column < len(table.rows[row])
