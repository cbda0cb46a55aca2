"""What a record keeps of a review beside its steps: the source, the reviewed tables, what still fails; and where its
own grid is not what its steps lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from workbench.model.record import RecordedFinding, RecordedSource, RecordedTable, ReviewRecord
from workbench.model.table import CellRef, Document, Row, Table
from workbench.records.succession import is_there
from workbench.review.state import GridDifference, ReviewState


def recorded_source(path: Path, document: Document) -> RecordedSource:
    """Which file the record of this document is about."""
    source = document.source
    return RecordedSource(
        str(path),
        source.sha256,
        source.media_type,
        source.reader,
        document.entity,
        document.fiscal_year,
        document.unit,
        report=document.report.value,
    )


def record_of(state: ReviewState, opened: Path) -> ReviewRecord:
    """The record of a review at this moment, whose document was opened at the path `opened`."""
    findings = tuple(
        RecordedFinding(
            item.finding.id,
            item.finding.check.name,
            item.finding.outcome,
            item.finding.message.en,
            tuple(map(str, item.finding.cells)),
        )
        for item in state.findings
    )
    former = state.record.source
    # The path as it was recorded stands, so that reviewers with other folders do not write over each other's.
    path = Path(former.path) if is_there(former.path) or not is_there(str(opened)) else opened
    source = replace(recorded_source(path, state.printed), earlier=former.earlier)
    return replace(state.record, source=source, tables=recorded_tables(state.document), findings=findings)


def recorded_tables(document: Document) -> tuple[RecordedTable, ...]:
    """The reviewed grids, all texts as strings."""
    return tuple(_recorded(table) for table in document.tables)


def differences(recorded: Sequence[RecordedTable], document: Document) -> tuple[GridDifference, ...]:
    """Where the recorded grids are not those of the document; nothing where no grid was recorded."""
    if not recorded:
        return ()
    now = {table.id: table for table in recorded_tables(document)}
    found: list[GridDifference] = []
    for table in recorded:
        found.extend(_table_differences(table, now.pop(table.id, None)))
    for table in now.values():
        found.append(GridDifference(CellRef(table.id, -1, -1), "", table.title))
    return tuple(found)


def _table_differences(recorded: RecordedTable, now: RecordedTable | None) -> Iterator[GridDifference]:
    if now is None or [len(row) for row in now.rows] != [len(row) for row in recorded.rows]:
        yield GridDifference(CellRef(recorded.id, -1, -1), _shape(recorded), _shape(now))
        return
    for index, (old, new) in enumerate(zip(recorded.rows, now.rows, strict=True)):
        for column, (before, after) in enumerate(zip_longest(old, new, fillvalue="")):
            if before != after:
                yield GridDifference(CellRef(recorded.id, index, column), before, after)


def _shape(table: RecordedTable | None) -> str:
    if table is None:
        return ""
    return f"{len(table.rows)} × {max(map(len, table.rows), default=0)}"


def _recorded(table: Table) -> RecordedTable:
    return RecordedTable(table.id, table.title, table.form.value, table.unit, _grid(table.header), _grid(table.rows))


def _grid(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row) for row in rows)
