"""Lines of the statements that the running text quotes one by one: functional classes, and what is to be bought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import nearly_prints
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.sets_spoken_of import statements_of
from workbench.checks.families.statements.functional import FunctionalRow, functional_rows
from workbench.checks.families.statements.totals import is_told, total_column
from workbench.fiscal.forms import FUND_STATEMENTS, is_guessed
from workbench.fiscal.vocabulary import class_code, label_key
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_FIGURES = (FigureKind.NUMBER, FigureKind.DASH)
_EQUIPMENT = re.compile(r"A0[2-6]\d{0,10}")


def equipment_bought(context: Context, quote: Quote) -> Iterator[Check]:
    """The fixed assets that a body means to buy against the lines of its procurement table that are equipment, books
    or furniture (品目 A02 to A06 of 政府采购品目分类目录)."""
    if quote.concept != "asset_purchase":
        return
    for table in context.of_form(Form.PROCUREMENT):
        ratio = context.in_unit_of(table, quote.figure.unit)
        amounts = [panel.amounts[0].index for panel in context.structure(table).panels if panel.amounts]
        rows = [
            row
            for row, cells in enumerate(table.rows)
            if any(_EQUIPMENT.fullmatch(label_key(cell.text)) for cell in cells)
        ]
        named = [_amount_column(table, amounts, row) for row in rows]
        refs = [CellRef(table.id, row, column) for row, column in zip(rows, named, strict=True) if column is not None]
        if ratio is None or not refs:
            continue
        yield context.check(
            Family.NARRATIVE,
            Relation.AT_MOST,
            [*(Term(ref, ratio, "part") for ref in refs), Term(quote.ref, Decimal(-1), "total")],
            Message(
                f"“{quote.title}” covers the equipment listed in 《{table.title}》.",
                f"“{quote.title}”应不少于《{table.title}》所列设备。",
            ),
            severity=Severity.WARNING,
            weak=True,
        )


def _amount_column(table: Table, amounts: list[int], row: int) -> int | None:
    """The column of what a line costs in all: headed 合计 or 金额 where one is, else the first behind the price."""
    heads = {column: label_key((table.column_path(column) or ("",))[-1]) for column in range(table.width)}
    totals = [column for column, head in heads.items() if re.fullmatch(r"合计|总计|金额|采购金额|总价|预算金额", head)]
    filled = [column for column in (*totals, *amounts) if printed_figure(table, row, column).kind is FigureKind.NUMBER]
    return filled[0] if filled else None


ITEM_FORMS = (*FUND_STATEMENTS.values(), Form.EXPENDITURE_SUMMARY)
"""The forms that list functional classes."""
CLASS_TOTALS = {
    "general_expenditure": Form.GENERAL_BUDGET_EXPENDITURE,
    "expenditure": Form.EXPENDITURE_SUMMARY,
    "year_expenditure": Form.EXPENDITURE_SUMMARY,
    "income_and_expenditure": Form.EXPENDITURE_SUMMARY,
}
"""The statement whose classes make up a total of the text."""

_Path = tuple[str, ...]
_Rows = tuple[FunctionalRow, ...]
_Statement = tuple[Table, Mapping[_Path, _Rows]]
"""A statement with its rows by the names from the class down: of a path one, or one of each unit."""


def item_rows(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Functional classes named in the text against the rows of that name: 教育支出/普通教育/小学教育, or a class alone
    where a total is listed by classes."""
    rows_of = {table.id: _by_path(context, table) for table in context.of_form(*ITEM_FORMS)}
    unknown: set[_Path] = set()
    for quote in quotes.amounts:
        path = _plain(tuple(label_key(part) for part in quote.named.key.split("/")))
        if len(path) not in (1, 3) or not quotes.of_this_year(quote) or _says_more_of(quotes, quote):
            continue
        tables = statements_of(context, quotes, quote, *ITEM_FORMS)
        statements = [(table, rows_of[table.id]) for table in tables if rows_of[table.id]]
        fitting: Sequence[_Statement] = statements
        if len(path) == 1:
            fitting = _of_total(quotes, quote, statements)
        found = next(((table, rows[path]) for table, rows in fitting if path in rows), None)
        if found is None:
            if len(path) == 3 and statements and path not in unknown:
                unknown.add(path)
                yield from _unknown_item(context, quote, path, statements)
        elif quotes.measure(quote) != "plan":
            yield from _quoted_rows(context, quote, *found)


def _says_more_of(quotes: Quotes, quote: Quote) -> bool:
    """Whether an amount bears only the name of the item before it, of which it says more (…（项）支出决算90万元，
    主要用于…，其中聘用人员经费…（100,000元）): neither its own words name the item nor what is measured."""
    above = quotes.parent(quote)
    if above is None or above.kind is not quote.kind or above.named.key != quote.named.key or quote.named.measure:
        return False
    return quote.named.key.rpartition("/")[2] not in label_key(quote.figure.text)


def _by_path(context: Context, table: Table) -> dict[_Path, _Rows]:
    rows = functional_rows(context, table)

    def read() -> dict[_Path, _Rows]:
        found: dict[_Path, _Rows] = {}
        for row in rows:
            path = _plain(row.path)
            found[path] = (*found.get(path, ()), row)
        return found

    return context.once(("rows by path", table.id), (rows,), read)


def _plain(path: _Path) -> _Path:
    """A path for comparing: 一般公共服务（类） and 一般公共服务支出 are one class."""
    return tuple(name.removesuffix("支出") or name for name in path)


def _of_total(quotes: Quotes, quote: Quote, statements: Sequence[_Statement]) -> Sequence[_Statement]:
    """The statement of the total that a class alone is listed under; none where it is listed under no total."""
    above = quotes.parent(quote)
    key = quote.named.key
    classed = key.endswith("支出") or class_code(key) is not None
    form = CLASS_TOTALS.get(above.concept) if above is not None and classed else None
    return [(table, rows) for table, rows in statements if table.form is form]


def _quoted_rows(context: Context, quote: Quote, table: Table, rows: tuple[FunctionalRow, ...]) -> Iterator[Check]:
    """A figure against its row; against the rows of all units together where these, as printed, make it up."""
    columns = [_total_column(context, table, row) for row in rows]
    ratio = context.in_unit_of(table, quote.figure.unit)
    cells = [
        CellRef(table.id, row.row, column) for row, column in zip(rows, columns, strict=True) if column is not None
    ]
    if not cells or ratio is None or (len(rows) > 1 and not _makes(quote, table, cells, ratio)):
        return
    if len(cells) == 1 and _is_guess(context, table, cells[0]) and not nearly_prints(context, quote, table, cells[0]):
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "left"), *(Term(cell, -ratio, "right") for cell in cells)],
        Message(
            f"The text quotes “{quote.title}” as {table.title} prints it.",
            f"正文“{quote.title}”与《{table.title}》一致。",
        ),
    )


def _is_guess(context: Context, table: Table, cell: CellRef) -> bool:
    """Whether the form of a table is guessed, or which of its columns is the total."""
    panels = context.structure(table).panels
    told = all(is_told(panel, column) for panel in panels for column in panel.amounts if column.index == cell.column)
    return is_guessed(table.form, table.title) or not told


def _makes(quote: Quote, table: Table, cells: list[CellRef], ratio: Decimal) -> bool:
    figures = [printed_figure(table, cell.row, cell.column) for cell in cells]
    stated = read_figure(quote.figure.cell.printed)
    made = sum((figure.value for figure in figures if figure.value is not None), Decimal(0)) * ratio
    reach = sum((figure.half_unit for figure in figures), Decimal(0)) * ratio + stated.half_unit
    return stated.value is not None and abs(made - stated.value) <= reach


def _unknown_item(context: Context, quote: Quote, path: _Path, statements: Sequence[_Statement]) -> Iterator[Check]:
    """A class of the text that no statement has under that name, though one has the class above and a like item."""
    if any(path in rows for _, rows in statements):
        return
    table, rows_of = statements[0]
    if path[:1] not in rows_of:
        return
    inner = set(path[1:]) - set(path[:1])
    rows = (row for rows in rows_of.values() for row in rows)
    fitting = [row for row in rows if len(row.path) == 3 and set(_plain(row.path)) & inner]
    near = min(fitting, key=lambda row: (-_alike(_plain(row.path), path), row.row), default=None)
    if near is None:
        return
    shown = "/".join(near.names)
    yield context.fact(
        Family.CODE_NAME,
        [quote.ref, CellRef(table.id, near.row, near.name_column)],
        Message(
            f"The text names the class “{quote.named.key}”; 《{table.title}》 has “{shown}” ({near.code}).",
            f"正文科目“{quote.named.key}”在《{table.title}》中不存在，表中为“{shown}”（{near.code}）。",
        ),
    )


def _alike(one: _Path, other: _Path) -> int:
    """How many levels of two classes have the same name, the item counting most."""
    return sum((1, 1, 2)[level] for level in range(3) if one[level] == other[level])


def _total_column(context: Context, table: Table, row: FunctionalRow) -> int | None:
    """The column of the total of a row: of this year, of the report's own measure, of what was spent."""
    structure = context.structure(table)
    number = structure.panel_of(row.amount_columns[0]) if row.amount_columns else None
    if number is None:
        return None
    column = total_column(context, structure, structure.panels[number]).index
    return column if printed_figure(table, row.row, column).kind in _FIGURES else None
