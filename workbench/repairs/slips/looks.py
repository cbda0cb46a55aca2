"""What the looks of the cells say for or against a move of figures: how they are printed, what stands around them,
where else their rows print them."""

from __future__ import annotations

from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import rates_agree, rates_of
from workbench.repairs.slips.places import holds
from workbench.repairs.slips.relocation import units_of
from workbench.repairs.slips.stories import ACROSS

ODD_FORM = 1.5
"""For each cell whose figure is printed unlike the others of its column, before and after."""
ALONE = 1.0
"""For a figure in a column that otherwise has none."""
UNNAMED = 2.0
"""For a figure on a row without a label."""
RATES = 3.0
"""Less for figures that come to stand beside the rates which they make, more for figures that leave theirs."""
MOST_EVIDENCE = 4.0
REPEATED = 1.2
"""For a figure moved away from two beside it that are the same."""
CORROBORATED = 1.0
"""Less where a figure lands on a row whose name it stands by elsewhere."""
WITNESS = 0.8
_MOST_FROM_WITNESSES = 2.5
_MOST_ASKED = 16
"""Less for each table that prints a figure by the name it lands on, more for each that prints it by the name it leaves:
at most so much, on the average of so many cells."""


def evidence_of(index: FigureIndex, layout: TableLayout, texts: list[tuple[CellRef, str]]) -> float:
    """What the looks of the cells say for (negative) or against an operation: figures that are not printed as
    their columns print theirs, figures alone in a column, a landing figure that its row's name prints elsewhere."""
    evidence = 0.0
    corroborated = False
    repeated = 0.0
    witnesses = asked = 0
    alone = unnamed = 0
    for count, (ref, text) in enumerate(texts):
        style = layout.style(ref.column)
        before = layout.texts[ref.row][ref.column]
        evidence += ODD_FORM * (style.oddness(text) - style.oddness(before))
        held = holds(text)
        more = held - holds(before)
        if more and not layout.named(ref.row, ref.column):
            unnamed += more
        if style.filled <= 1:
            alone += more
        if not held and _repeats(layout, ref):
            repeated = REPEATED
        now, was = units_of(text), units_of(before)
        if count >= _MOST_ASKED:
            continue
        asked += bool(now or was)
        if now:
            support = None if corroborated else index.support(ref, now)
            corroborated = corroborated or (support is not None and support.same_name)
            witnesses += index.witnesses(ref, now)
        if was:
            witnesses -= 2 * index.holders(ref, was)
    told = WITNESS * witnesses / max(asked, 1)
    evidence -= ACROSS * max(-1, min(_adds_up(layout, texts[:_MOST_ASKED]), 1))
    evidence -= RATES * max(-1, min(_rates_agree(layout, texts), 1))
    evidence -= max(min(told, _MOST_FROM_WITNESSES), -_MOST_FROM_WITNESSES)
    evidence += ALONE * max(-1, min(alone, 1)) + UNNAMED * max(-1, min(unnamed, 1))
    return max(evidence, -MOST_EVIDENCE) + repeated - (CORROBORATED if corroborated else 0.0)


def _rates_agree(layout: TableLayout, texts: list[tuple[CellRef, str]]) -> int:
    """How many rates more are those of the figures on their rows."""
    rows: dict[int, dict[int, str]] = {}
    if rates_of(layout):
        for ref, text in texts:
            rows.setdefault(ref.row, {})[ref.column] = text
    return sum(rates_agree(layout, row, changed) for row, changed in rows.items())


def _adds_up(layout: TableLayout, texts: list[tuple[CellRef, str]]) -> int:
    """In how many rows more the figures add up across as they usually do."""
    rows: dict[int, dict[int, int]] = {}
    for ref, text in texts:
        rows.setdefault(ref.row, {})[ref.column] = units_of(text) or 0
    return sum(layout.adds_up(row, changed) for row, changed in rows.items())


def _repeats(layout: TableLayout, ref: CellRef) -> bool:
    """Whether a figure is that of the cell to its left, and of the one before: it was rather copied than moved."""
    columns = layout.segment_of(ref.column)
    at = columns.index(ref.column) if ref.column in columns else 0
    texts = [layout.texts[ref.row][column] for column in columns[max(at - 2, 0) : at + 1]]
    return len(texts) > 2 and len(set(texts)) == 1
