"""Economic items that other statements print too: 三公经费 items inside 基本支出表, totals of 经济分类 statements.

三公经费 comprise basic and project expenditure, so an item of 基本支出表 is at most its counterpart, where both come
from fiscal grants. Source: the codes of 部门预算支出经济分类 (30212, 30217, 30231, 31013).
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.links.linking import Pair, at_most, equal, same_but_for_slips
from workbench.checks.families.statements.agreement import Cells, agree
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement
from workbench.checks.structure.columns import Column
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, ReportKind

_PUBLIC_ITEMS = {"30212": "abroad", "30217": "reception", "30231": "cars_running", "31013": "cars_bought"}


_WHOLES = (Form.EXPENDITURE_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE, Form.BASIC_EXPENDITURE)
CLASSIFIED_FORMS = (*_WHOLES, Form.ECONOMIC_CLASSIFICATION)
"""The forms that `classified_links` follow from."""
AGAIN_FORMS = (Form.THREE_PUBLIC, Form.ASSETS)
"""The forms that `public_again` follows from."""


def public_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The items of 三公经费 inside 基本支出表: each is at most its counterpart."""
    public = statements.first(Form.THREE_PUBLIC)
    basic = next((s for s in statements.all(Form.BASIC_EXPENDITURE) if s.by_code), None)
    if public is None or basic is None:
        return
    for code, name in _PUBLIC_ITEMS.items():
        label = basic.by_code.get(code)
        cells = _public_cells(context, public, name)
        if label is None or not cells:
            continue
        panel = basic.structure.panels[label.panel]
        column = next((c for c in panel.amounts if [c.index] == [ref.column for ref in basic.total]), panel.amounts[0])
        left = basic.class_cells(code, column)
        what = context.label(left[0])
        title = Message(
            f"{what} is at most its counterpart in 《{public.table.title}》.",
            f"{what}应不大于《{public.table.title}》的对应项。",
        )
        yield from at_most(context, left, cells, title)


def public_again(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The items of 三公经费 that a second table prints (机构运行信息表, the table of another scope), where most of them
    are the same."""
    printed = list(statements.all(*AGAIN_FORMS))
    for other in printed[1:]:
        pairs: list[Pair] = []
        for name in vocabulary().public_items:
            cells = [_public_cells(context, one, name) for one in (printed[0], other)]
            if all(cells):
                pairs.append((cells[0], cells[1]))
        yield from same_but_for_slips(context, pairs, other.table.title)


def _public_cells(context: Context, public: Statement, name: str) -> Cells:
    """The cell of one item of a 三公经费 statement, whether its items are rows or columns; none where it is not clear.

    Of several measures (预算数, 决算数) the one that the report is about is taken.
    """
    words = vocabulary().public_items[name]
    structure = public.structure
    columns = [
        column
        for panel in structure.panels
        for column in panel.amounts
        if any(words.fit(key) for key in column.path) and _is_whole(column, name)
    ]
    column = _measured(context, public, columns)
    rows = [label for label in structure.rows[0] if not label.empty] if structure.rows else []
    if column is not None:
        numbers = [label.row for label in rows if label.total] or ([0] if len(public.table.rows) == 1 else [])
        return tuple(_structure_cell(public, number, column) for number in numbers[:1])
    named = [label for label in rows if words.fit(label.key) and not label.total and not label.measure]
    if len(named) != 1:
        return ()
    chosen = _measured(context, public, list(structure.panels[0].amounts))
    return (_structure_cell(public, named[0].row, chosen),) if chosen is not None else ()


def _structure_cell(statement: Statement, row: int, column: Column) -> CellRef:
    """The cell at a row and column of a statement."""
    return CellRef(statement.table.id, row, column.index)


def _is_whole(column: Column, name: str) -> bool:
    """Whether a column is the item itself: not one of the columns under it."""
    words = vocabulary().public_items[name]
    leaf = column.path[-2] if vocabulary().columns["measure"].fit(column.leaf) and len(column.path) > 1 else column.leaf
    return words.fit(leaf)


def _measured(context: Context, public: Statement, columns: list[Column]) -> Column | None:
    """The one column, or the one whose measure the report is about."""
    if len(columns) <= 1:
        return columns[0] if columns else None
    words, report = vocabulary().columns, context.own(public.table).report
    wanted = words["final_measure" if report is ReportKind.FINAL_ACCOUNT else "budget_measure"]
    fitting = [column for column in columns if wanted.fit(column.leaf)]
    return fitting[0] if len(fitting) == 1 else None


def classified_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The total of a statement by economic classification is that of the expenditure that it classifies."""
    wholes = [
        statement
        for form in _WHOLES
        for statement in [statements.first(form)]
        if statement is not None and statement.total
    ]
    for classified in statements.all(Form.ECONOMIC_CLASSIFICATION):
        if not classified.total:
            continue
        whole = next((s for s in wholes if agree(context, s.total, classified.total)), None)
        if whole is not None:
            title = Message(
                f"The total of {classified.table.title} is that of {whole.table.title}.",
                f"{classified.table.title}的合计等于{whole.table.title}的合计。",
            )
            yield from equal(context, whole.total, classified.total, title, weak=True)
