"""What money is spent for: basic and project expenditure, and people and the office within it, in several statements.

The block of 收支总表 by nature (按支出性质) prints the columns of 支出总表 as rows. What a statement by function
prints as 人员经费 and 公用经费 is what 基本支出表 makes up: in columns of these names, in rows that total them, or by
class (301 and 303 are for people, the others for the office). Source: 表间关系 of 部门决算 (财决01表 against 财决04表),
部门预算支出经济分类科目.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.links.linking import Pair, differ, equal, nearly_same, same, same_in
from workbench.checks.families.statements.agreement import Cells, agree
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement
from workbench.checks.structure.label_words import numbering
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import CellRef, Form

_SUMMARIES = (Form.INCOME_EXPENDITURE_SUMMARY, Form.FISCAL_GRANT_SUMMARY)
_BY_NATURE = (Form.EXPENDITURE_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE)
NATURE_FORMS = (*_SUMMARIES, *_BY_NATURE, Form.BASIC_EXPENDITURE)
"""The forms that `nature_links` follow from."""
_NATURES = ("basic", "personnel", "public", "project", "superior_paid", "operating", "subsidy")
"""The words of the columns of 支出总表, each of which a block by nature may have as a row."""
_FOR_PEOPLE = ("301", "303")


def nature_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The blocks by nature, and the money for people and for the office."""
    for form in _SUMMARIES:
        summary = statements.first(form)
        if summary is not None:
            yield from _blocks(context, statements, summary)
    for basic in statements.all(Form.BASIC_EXPENDITURE):
        for form in reversed(_BY_NATURE):
            spending = statements.first(form)
            if spending is not None:
                yield from _people_and_office(context, spending, basic)


def _blocks(context: Context, statements: StatementSet, summary: Statement) -> Iterator[Check]:
    """The rows of a summary that are natures of expenditure, against the columns of the first statement that has most
    of their amounts."""
    rows = _rows_by_nature(summary)
    if "basic" not in rows or "project" not in rows:
        return
    for form in _BY_NATURE:
        spending = statements.first(form)
        if spending is None:
            continue
        pairs: dict[str, Pair] = {}
        for name, cell in rows.items():
            columns = spending.total_in(vocabulary().columns[name].fit)
            if len(columns) == 1:
                pairs[name] = ((cell,), columns)
        pairs["total"] = (_total_beside(summary, rows["basic"]), spending.total)
        agreeing = sum(same(context, pair) for pair in pairs.values())
        if not agreeing or agreeing < sum(differ(context, pair) for pair in pairs.values()):
            continue
        for pair in pairs.values():
            yield from same_in(context, pair, spending.table.title)
        return


def _rows_by_nature(summary: Statement) -> dict[str, CellRef]:
    """The cells of the rows of a summary that name a nature of expenditure, each where one row does."""
    found: dict[str, list[CellRef]] = {}
    words = vocabulary().columns
    for panel, labels in zip(summary.structure.panels, summary.structure.rows, strict=True):
        if panel is summary.income_panel:
            continue
        column = summary.total_column(panel)
        for label in labels:
            key = numbering(label.key)[2]
            name = next((name for name in _NATURES if words[name].fit(key)), "")
            if name and not label.total:
                found.setdefault(name, []).append(CellRef(summary.table.id, label.row, column.index))
    return {name: cells[0] for name, cells in found.items() if len(cells) == 1}


def _total_beside(summary: Statement, cell: CellRef) -> Cells:
    """The total of the year on the side of a cell, where that is not the side of the functional classes."""
    panel = next(panel for panel in summary.structure.panels if cell.column in [one.index for one in panel.amounts])
    return () if panel is summary.expenditure_panel else summary.year_total(panel)


def _people_and_office(context: Context, spending: Statement, basic: Statement) -> Iterator[Check]:
    """人员经费 and 公用经费 of a statement against 基本支出表, where they are the same but for a slip: regions draw the
    line between them in different places."""
    whole = spending.total_in(vocabulary().columns["basic"].fit)
    if not whole or not basic.total or not agree(context, whole, basic.total):
        return
    ours = [spending.total_in(vocabulary().columns[name].fit) for name in ("personnel", "public")]
    theirs = _by_column(basic) or _by_class(basic)
    if theirs is None or any(len(cells) != 1 for cells in ours):
        return
    pairs: list[Pair] = list(zip(ours, theirs, strict=True))
    if any(_unlike(context, pair) for pair in pairs):
        return
    for left, right in pairs:
        label, title = context.label(left[0]), basic.table.title
        yield from equal(
            context, left, right, Message(f"{label} is what 《{title}》 makes up.", f"{label}与《{title}》一致。")
        )


def _unlike(context: Context, pair: Pair) -> bool:
    return differ(context, pair) and not nearly_same(context, pair)


def _by_column(basic: Statement) -> tuple[Cells, Cells] | None:
    """The totals for people and for the office: in columns of their own, or in rows that total them."""
    words = vocabulary().columns
    columns = [basic.total_in(words[name].fit) for name in ("personnel", "public")]
    if all(len(cells) == 1 for cells in columns):
        return columns[0], columns[1]
    rows = basic.people_and_office
    return (rows[:1], rows[1:]) if rows else None


def _by_class(basic: Statement) -> tuple[Cells, Cells] | None:
    """The cells of the classes that are for people, and of those for the office."""
    if len(basic.total) != 1:
        return None
    people: list[CellRef] = []
    office: list[CellRef] = []
    for code, label in basic.by_code.items():
        if len(code) == 3 and code.startswith("3"):
            cell = basic.side_cell(basic.structure.panels[label.panel], label)
            (people if code in _FOR_PEOPLE else office).append(cell)
    return (tuple(people), tuple(office)) if people and office else None
