"""extraction: what was read of a document is whole.

Arithmetic tells of figures that were misread where a sum knows them. It is silent on a row that was never read, on a
column whose heading was lost, and on a figure that was taken for the end of a name. Each of these is told once for a
page or a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.model.amount import FigureKind, amounts_apart
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.source import Anchor
from workbench.model.table import CellRef, Form, Table

_MOST_PAGES = 3
"""More pages with unread amounts than this are told in one finding: then the tables could not be read at all."""
_SHOWN = 3
_BOXES = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
_WORDS = re.compile(r"[^\W\d_年度]")
"""A heading says more than a year."""
_LONGEST_NAME = 60
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_NAME_BEHIND = re.compile(r"[.、．)）]?\s{0,3}(?:\d{3,7}\s?)?[^\W\d_]")
_LONGEST_LINE = 200
_IDENTIFIER = re.compile(r"(?=[A-Z/_-]*\d)[A-Z\d/_-]+", re.IGNORECASE)
"""What an index number begins with (11370/2021-51.0): no name."""


def build(context: Context) -> Iterator[Check]:
    """Amounts that stand in no table; in tables,
    columns of amounts without a heading and names that end in an amount."""
    yield from _unread(context)
    yield from context.by_table("headless columns", context.document.tables, _headless_columns)
    yield from context.by_table("amounts in names", context.document.tables, _amounts_in_names)


def _unread(context: Context) -> Iterator[Check]:
    """One finding a page on which amounts are printed that no table holds, one for all where these are many. What a
    person has put into a cell since is held."""
    left = _still_unread(context)
    if len(left) > _MOST_PAGES:
        pages = sorted(left)
        anchors = [anchor for number in pages for anchor in left[number]]
        shown = pages[:_SHOWN]
        named = Message(f"Pages {', '.join(map(str, shown))}, … print", f"第{'、'.join(map(str, shown))}……页")
        yield _not_in_tables(context, anchors, named)
        return
    for number, anchors in left.items():
        yield _not_in_tables(context, anchors, Message(f"Page {number} prints", f"第{number}页"))


def _still_unread(context: Context) -> dict[int, list[Anchor]]:
    document = context.document
    left: dict[int, list[Anchor]] = {}
    if not document.unread:
        return left
    put: Counter[str] = Counter()
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if cell.corrected is not None:
                    put[cell.text] += 1
                if cell.printed and not cell.anchors:
                    # What it is corrected to may be what was left unread.
                    context.guards.add(CellRef(table.id, row, column))
    for anchor in document.unread:
        text = document.source.text_of(anchor)
        if _numbers_a_line(context, anchor, text):
            continue
        if put[text]:
            put[text] -= 1
        else:
            left.setdefault(anchor.page, []).append(anchor)
    told = {stated.cell.printed for stated in document.stated}
    return {
        number: anchors
        for number, anchors in left.items()
        # A chart prints once more what sentences state, and nothing else.
        if not all(document.source.text_of(anchor) in told for anchor in anchors)
    }


def _numbers_a_line(context: Context, anchor: Anchor, text: str) -> bool:
    """Whether a line of words begins with it, so that it numbers what the line is about (1.1 人大事务)."""
    page = next((page for page in context.document.source.pages if page.number == anchor.page), None)
    if page is None or not _NUMBERING.fullmatch(text):
        return False
    before = page.text[page.text.rfind("\n", 0, anchor.start) + 1 : anchor.start]
    behind = page.text[anchor.end : anchor.end + _LONGEST_LINE].partition("\n")[0]
    return not before.strip() and _NAME_BEHIND.match(behind) is not None


def _not_in_tables(context: Context, anchors: list[Anchor], pages: Message) -> Check:
    texts = [context.document.source.text_of(anchor) for anchor in anchors]
    shown = texts[:_SHOWN] if len(texts) <= _SHOWN else [*texts[:_SHOWN], "…"]
    amounts = "an amount" if len(texts) == 1 else f"{len(texts)} amounts"
    return context.fact(
        Family.EXTRACTION,
        (),
        Message(
            f"{pages.en} {amounts} that no table holds: {', '.join(shown)}.",
            f"{pages.zh}有{len(texts)}个金额未读入任何表：{'、'.join(shown)}。",
        ),
        key=("unread", *texts[:_SHOWN]),
        anchors=anchors,
    )


def _headless_columns(context: Context, table: Table) -> Iterator[Check]:
    """Columns of amounts over which nothing is printed, or a year that stands over several.

    The boxes of a form name their figures beside them."""
    if not table.header or table.form in _BOXES:
        return
    cells: list[CellRef] = []
    heads = ["".join(table.column_path(column)) for column in range(table.width if table.rows else 0)]
    for column, head in enumerate(heads):
        # Years side by side (2030年 | 2031年) say what each column is.
        if _WORDS.search(head) or (head and len(set(heads)) == len(heads)):
            continue
        refs = _amounts_of(table, column)
        if refs:
            cells.append(refs[0])
            context.guards.update(refs)
    if not cells:
        return
    many = len(cells) > 1
    yield context.fact(
        Family.EXTRACTION,
        cells,
        Message(
            f"{len(cells)} columns of amounts in 《{table.title}》 have no heading."
            if many
            else f"Column {cells[0].column + 1} of 《{table.title}》 holds amounts and has no heading.",
            f"《{table.title}》有{len(cells)}列金额没有表头。"
            if many
            else f"《{table.title}》第{cells[0].column + 1}列金额没有表头。",
        ),
        key=("no heading",),
    )


def _amounts_of(table: Table, column: int) -> list[CellRef]:
    """The amounts of a column, none where it has words or fewer than two of them."""
    figures = [row[column].figure for row in table.rows]
    if any(figure.kind is FigureKind.TEXT for figure in figures):
        return []
    refs = [CellRef(table.id, row, column) for row, figure in enumerate(figures) if figure.decimals]
    return refs if len(refs) > 1 else []


def _amounts_in_names(context: Context, table: Table) -> Iterator[Check]:
    """Cells of words that end in an amount, set apart from the words: it belongs into a cell of its own."""
    cells = [
        CellRef(table.id, row, column)
        for row, texts in enumerate(table.rows)
        for column, cell in enumerate(texts)
        if len(cell.text) <= _LONGEST_NAME and cell.figure.kind is FigureKind.TEXT and _ends_in_an_amount(cell.text)
    ]
    if not cells:
        return
    first = " ".join(table.cell(cells[0].row, cells[0].column).text.split())
    more = len(cells) - 1
    yield context.fact(
        Family.EXTRACTION,
        cells,
        Message(
            f"“{first}” in 《{table.title}》 is a name and an amount in one cell"
            + (f", and so are {more} more." if more > 1 else ", and so is one more." if more else "."),
            f"《{table.title}》“{first}”{f'等{more + 1}处' if more else ''}名称与金额在同一单元格内。",
        ),
        key=("amount in a name",),
    )


def _ends_in_an_amount(text: str) -> bool:
    whole = text.rstrip()
    return any(
        end == len(whole) and _WORDS.search(whole[:start]) and not _IDENTIFIER.fullmatch(whole[:start])
        for start, end in amounts_apart(whole)
    )
