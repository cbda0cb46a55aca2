"""Tables in text that gives their cells neither row by row nor with blanks between, but column by column or in blocks.

Programs that take text from a page in the order of its columns leave a table so. Its rows are known where they are
accounts, whose codes are in order and whose names are listed; where its amounts stand, the sums tell. Where they do not
prove all of it the rows alone are read, and the amounts are left over as not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.model.amount import match_key
from workbench.model.table import Cell
from workbench.model.table import Row as TableRow
from workbench.tables.raw import RawTable
from workbench.tables.text.cells.cell_lines import CellTable
from workbench.tables.text.columns.account_rows import AccountRow, account_rows
from workbench.tables.text.columns.column_by_column import (
    are_blocks,
    come_in_columns,
    is_in_columns,
    longest_run,
    tell_no_rows,
)
from workbench.tables.text.columns.column_costs import ColumnCosts
from workbench.tables.text.columns.fragments import Text, place_of
from workbench.tables.text.columns.head_columns import HeadColumns, head_columns
from workbench.tables.text.columns.misprints import misread_amounts
from workbench.tables.text.columns.placement import KnownRuns, placements
from workbench.tables.text.columns.printed_statement import PrintedStatement, StatementLine
from workbench.tables.text.columns.reading_path import likeliest
from workbench.tables.text.columns.section_words import SectionWords, sections_of
from workbench.tables.text.columns.sums import Patience, UnprovenError
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of
from workbench.tables.text.running.promised_sums import RowToPlace
from workbench.tables.text.vocabulary import TOTALS

_FEWEST_ROWS, _MOST_WORDS = 3, 400
"""A table has so many rows at least, and no more words of one kind: rows are placed one within the other."""
_FAR = 10**6
_MOST_COLUMNS = 24
"""No statement of accounts has more columns."""


def scattered_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables that are proven, with the first and the last line of each, in order."""
    if not are_blocks(lines) and not tell_no_rows(lines):
        return
    said = match_key("".join(line.text for line in lines)).replace(",", "")
    in_columns = come_in_columns(lines)
    for section in sections_of(lines):
        longest = longest_run(section)
        told = in_columns or longest > _MOST_COLUMNS
        table = _table(section, said, rows_alone=told) if longest > _MOST_COLUMNS or is_in_columns(section) else None
        if table is not None:
            yield CellTable(table, section.lines[0], section.lines[-1])


def _table(section: SectionWords, said: str, *, rows_alone: bool) -> RawTable | None:
    """The table of a section, None where it is not proven; `said` is the text of the document in one piece. With
    `rows_alone` one that is not proven has its rows without figures, so that these show as not read."""
    if max(len(section.names), len(section.heads), len(section.codes)) > _MOST_WORDS:
        return None
    accounts = account_rows(section)
    if len(accounts) < _FEWEST_ROWS:
        return None
    patience = Patience()
    ways = [(rows, [*_heads(labels, accounts)]) for rows, labels in _with_total(section, accounts)]
    for rounded in (False, True):
        for rows, heads in ways:
            runs = KnownRuns()
            for head in heads:
                try:
                    printed = PrintedStatement.of(section, rows, patience, rounded=rounded)
                    return _raw(section, head, _body(section, printed, rows, head, said, runs))
                except UnprovenError:
                    continue
    for rows, heads in ways[:2]:
        body = _misprinted(section, rows, heads[0], said) if heads else None
        if body is not None:
            return _raw(section, heads[0], body)
    if not rows_alone or not ways or not ways[0][1]:
        return None
    rows, heads = ways[0]
    return _raw(section, heads[0], [_row(row, (), heads[0]) for row in rows])


def _misprinted(
    section: SectionWords, rows: Sequence[StatementLine], heads: HeadColumns, said: str
) -> list[TableRow] | None:
    """The rows, where one figure alone stands against all: the one digit of which, read as what another figure on its
    page prints, lets everything add up. Where each stands is told so; what is printed is not touched."""
    found: list[list[TableRow]] = []
    patience = Patience()
    try:
        printed = PrintedStatement.of(section, rows, patience, rounded=False)
    except UnprovenError:
        return None
    amounts = printed.statement.amounts
    for number, amount in misread_amounts(amounts):
        mended = replace(printed.statement, amounts=[*amounts[:number], amount, *amounts[number + 1 :]])
        try:
            runs = KnownRuns(whole_only=True)
            found.append(_body(section, replace(printed, statement=mended), rows, heads, said, runs))
        except UnprovenError:
            continue
        if found[1:] and found[-1] != found[0]:
            return None
    return found[0] if found else None


def _heads(labels: Sequence[Text], accounts: Sequence[AccountRow]) -> Iterator[HeadColumns]:
    return head_columns(labels, max(len(account.printed) for account in accounts))


def _with_total(
    section: SectionWords, accounts: Sequence[AccountRow]
) -> Iterator[tuple[list[StatementLine], list[Text]]]:
    """The rows with the total of all, where the text likelier has it first, and the labels of the head; without a
    total, where the text has none. Which total is that of a row is left open: likeliest the nearest to accounts."""
    rows = [StatementLine(account, account.name) for account in accounts]
    names = {id(account.name) for account in accounts}
    labels = [head for head in section.heads if id(head) not in names]
    first_page = min((label[0].page.number for label in labels), default=0)
    heads = [label for label in labels if label[0].page.number == first_page]
    totals = [label for label in labels if key_of(label) in TOTALS]
    if not totals:
        yield rows, heads
        return
    near = sorted(place_of(account.name) for account in accounts)
    counts = Counter((key_of(label), label[0].page.number) for label in labels)

    def distance(label: Text) -> int:
        page, start = place_of(label)
        return min((abs(start - other) for place, other in near if place == page), default=_FAR)

    def may_be_row(label: Text) -> bool:
        # a page that repeats the head repeats the totals among its labels
        key, page = key_of(label), label[0].page.number
        again = page != first_page and any(counts[key_of(head), page] for head in heads if key_of(head) not in TOTALS)
        return key != "小计" and not (again and counts[key, page] <= counts[key, first_page])

    seen: set[tuple[str, int]] = set()
    for label in sorted(filter(may_be_row, totals), key=distance):
        kind = key_of(label), label[0].page.number
        if kind in seen:
            continue
        seen.add(kind)
        total = StatementLine(None, label)
        orders = ([total, *rows], [*rows, total])
        for row in reversed(orders) if place_of(label) > near[-1] else orders:
            yield row, [head for head in heads if head is not label]


def _body(
    section: SectionWords,
    printed: PrintedStatement,
    rows: Sequence[StatementLine],
    heads: HeadColumns,
    said: str,
    runs: KnownRuns,
) -> list[TableRow]:
    """The rows with every figure in its place. Raises UnprovenError."""
    statement, pieces = printed.statement, printed.pieces
    suits = ColumnCosts.of(_rows_to_place(rows), heads.paths, pieces, statement.amounts, section.heads, said)
    found = placements(statement, heads.plan, suits, printed.decimals, runs)
    placed = likeliest(statement, found)
    cells = printed.pieces_of_rows(placed, heads.plan)
    return [_row(row, own, heads) for row, own in zip(rows, cells, strict=True)]


def _rows_to_place(rows: Sequence[StatementLine]) -> list[RowToPlace]:
    """The rows by their codes and names."""
    return [RowToPlace((), row.account.code if row.account else "", key_of(row.name)) for row in rows]


def _row(row: StatementLine, amounts: Sequence[Piece | None], heads: HeadColumns) -> TableRow:
    cells: list[Cell] = [EMPTY] * heads.header.width
    for column, code in enumerate(row.account.printed if row.account else ()):
        cells[column] = cell_of((code,)) if code else EMPTY
    cells[heads.codes] = cell_of(row.name)
    for number, piece in enumerate(amounts):
        cells[heads.codes + 1 + number] = cell_of((piece,), inferred=True) if piece else EMPTY
    return tuple(cells)


def _raw(section: SectionWords, heads: HeadColumns, body: Sequence[TableRow]) -> RawTable:
    rows = [*(tuple(map(cell_of, labels)) for labels in heads.header.rows), *body]
    title = section.title
    pieces = title.pieces()
    pages = sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})
    return RawTable(
        tuple(rows),
        len(heads.header.rows),
        title=title.text.strip(),
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in pieces),
        unit_text=section.unit,
        pages=tuple(pages),
    )
