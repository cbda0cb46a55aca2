"""An amount on the row of a functional class that the document does not spend on.

The summaries list all classes (一、一般公共服务支出 …), the coded statements only those with money. A class without a
code there has no amount; one that has is most likely on the wrong row. Where the totals of the two statements do not
agree the finding is weak. Tolerance: half a unit of the last printed place.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.cross_table import class_references
from workbench.checks.linking import equal
from workbench.checks.statements import statement_sets
from workbench.model.check import Check, Family
from workbench.model.message import Message


def build(context: Context) -> Iterator[Check]:
    """A check for each class line whose code the coded statement lacks, where that one prints codes of its classes."""
    for statements in statement_sets(context):
        for summary, column, coded, same in class_references(context, statements):
            panel = summary.expenditure_panel
            if panel is None or not same:
                continue
            place = panel.amounts.index(column)
            for code, labels in summary.class_rows().items():
                if coded.class_cells(code, column):
                    continue
                cells = summary.cells_of(labels, place)
                name = context.label(cells[0])
                title = Message(
                    f"{name}: {coded.table.title} has no item of class {code}, so no amount belongs here.",
                    f"{name}：{coded.table.title}没有{code}类科目，此处不应有金额。",
                )
                yield from equal(context, cells, (), title, family=Family.PLACEMENT)
