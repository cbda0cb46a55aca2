"""readers: two independent readers of a page read the same text in every cell.

Source: the document's `disagreements`, which reading with `--verify` fills. Nothing is tolerated but white space and
compatibility forms, which were compared away.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.identity import identify
from workbench.model.check import Check, Family, Outcome, Relation, Severity, Term
from workbench.model.message import Message


def build(context: Context) -> Iterator[Check]:
    """One failing check for each cell that the second reader reads otherwise and that was not corrected since."""
    for other in context.document.disagreements:
        if other.ref.table not in context.tables:
            continue
        table = context.tables[other.ref.table]
        cell = table.cell(other.ref.row, other.ref.column)
        if cell.corrected is not None:
            continue
        place = (
            table.title,
            *(part.text for part in table.rows[other.ref.row][:2]),
            *table.column_path(other.ref.column),
        )
        yield Check(
            id=identify(Family.READERS, (table.form.value, *place)),
            family=Family.READERS,
            relation=Relation.FACT,
            terms=(Term(other.ref, Decimal(1), "label"),),
            title=Message(
                f"The second reader reads {other.text or 'nothing'!r} where {cell.printed!r} was read.",
                f"第二种读取结果为“{other.text or '空'}”，此处读为“{cell.printed}”。",
            ),
            severity=Severity.WARNING,
            fact=Outcome.FAIL,
        )
