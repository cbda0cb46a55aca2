"""Tables in text that gives their cells neither row by row nor with blanks between, but column by column or in blocks.

Programs that take text from a page in the order of its columns leave a table so. Its rows are known where they are
accounts, whose codes are in order and whose names are listed; where its amounts stand, the sums tell. Where they do not
prove all of it the rows alone are read, and the amounts are left over as not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from workbench.model.amount import match_key, read_figure
from workbench.model.table import Cell
from workbench.model.table import Row as TableRow
from workbench.tables.raw import RawTable
from workbench.tables.text.cells.cell_lines import CellTable
from workbench.tables.text.columns.account_rows import AccountRow, account_rows
from workbench.tables.text.columns.head_columns import HeadColumns, head_columns
from workbench.tables.text.columns.placement import placement
from workbench.tables.text.columns.reading_path import reading_path
from workbench.tables.text.columns.section_words import ACCOUNT_CODE, SectionWords, Text, sections_of
from workbench.tables.text.columns.sums import Amount, Row, Statement, UnprovenError, Vector
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of
from workbench.tables.text.running.likely_columns import LikelyColumns, natures_of
from workbench.tables.text.running.promised_sums import RowToPlace
from workbench.tables.text.vocabulary import TOTALS, is_usually_blank

_FEWEST_ROWS, _MOST_WORDS = 4, 400
"""A table has so many rows at least, and no more words of one kind: rows are placed one within the other."""
_FEWEST_AMOUNTS, _RARELY, _OFTEN = 20, 3, 4
"""So many amounts alone on a line at least, one in so many of them beside words, an empty line for so many lines."""
_AMOUNT = re.compile(r"^-?\d[\d,]*[.,]\d+$")
_PROSE = re.compile(r"[，。；、“”]")
_MOST_DECIMALS = 6
_FEWEST_CODES = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a statement: an account, or the total of all (None)."""

    account: AccountRow | None
    name: Text


def scattered_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables that are proven, with the first and the last line of each, in order."""
    if not _are_blocks(lines):
        return
    said = match_key("".join(line.text for line in lines)).replace(",", "")
    in_columns = come_in_columns(lines)
    for section in sections_of(lines):
        table = _table(section, said, rows_alone=in_columns)
        if table is not None:
            yield CellTable(table, section.lines[0], section.lines[-1])


def come_in_columns(lines: Sequence[Line]) -> bool:
    """Whether codes of accounts mostly follow each other with no name between: columns are read one after the other."""
    words = [line.text.strip() for line in lines if not line.blank]
    codes = [bool(ACCOUNT_CODE.match(word)) for word in words]
    beside = sum(left and right for left, right in pairwise(codes))
    return sum(codes) >= _FEWEST_CODES and beside * 2 > sum(codes)


def _are_blocks(lines: Sequence[Line]) -> bool:
    """Whether amounts stand on lines of their own, between empty lines: blocks of a page, one after the other."""
    alone = beside = blank = 0
    for line in lines:
        words = line.text.split()
        amounts = sum(bool(_AMOUNT.match(word)) for word in words)
        blank += not words
        alone += 0 < amounts == len(words)
        beside += 0 < amounts < len(words) and not _PROSE.search(line.text)
    return alone >= _FEWEST_AMOUNTS and beside * _RARELY <= alone and blank * _OFTEN >= len(lines)


def _table(section: SectionWords, said: str, *, rows_alone: bool) -> RawTable | None:
    """The table of a section, None where it is not proven; `said` is the text of the document in one piece. With
    `rows_alone` one that is not proven has its rows without figures, so that these show as not read."""
    if max(len(section.names), len(section.heads), len(section.codes)) > _MOST_WORDS:
        return None
    accounts = account_rows(section)
    if len(accounts) < _FEWEST_ROWS:
        return None
    names = {id(account.name) for account in accounts}
    heads = head_columns(
        [head for head in section.heads if id(head) not in names], max(len(account.printed) for account in accounts)
    )
    if heads is None:
        return None
    for rows in _with_total(section, accounts):
        try:
            body = _body(section, rows, heads, said)
        except UnprovenError:
            continue
        return _raw(section, heads, body)
    if not rows_alone:
        return None
    rows = next(_with_total(section, accounts))
    return _raw(section, heads, [_row(row, {}, None, heads) for row in rows])


def _with_total(section: SectionWords, accounts: Sequence[AccountRow]) -> Iterator[list[_Line]]:
    """The rows with the total of all, where the text likelier has it first; without, where the text has none."""
    rows = [_Line(account, account.name) for account in accounts]
    totals = [head for head in section.heads if key_of(head) in TOTALS]
    if totals:
        total = _Line(None, totals[-1])
        first, last = [total, *rows], [*rows, total]
        yield from (last, first) if _place(totals[-1]) > _place(accounts[-1].name) else (first, last)
    else:
        yield rows


def _place(text: Text) -> tuple[int, int]:
    return text[0].page.number, text[0].start


def _body(section: SectionWords, rows: Sequence[_Line], heads: HeadColumns, said: str) -> list[TableRow]:
    """The rows with every figure in its place. Raises UnprovenError."""
    figures = [(piece, read_figure(piece.text).value) for piece in section.figures]
    blanks = [piece for piece, value in figures if not value]
    printed = [(piece, value) for piece, value in figures if value]
    decimals = max((-int(value.as_tuple().exponent) for _, value in printed), default=0)
    if not 0 <= decimals <= _MOST_DECIMALS:
        raise UnprovenError
    amounts = [Amount(int(value.scaleb(decimals)), piece.page.number) for piece, value in printed]
    statement = Statement(_tree(rows), amounts)
    placed = placement(statement, len(heads.parts))
    cells = _cells(statement, placed, [piece for piece, _ in printed])
    columns = _columns(rows, placed, heads, amounts, _told(cells, heads, said))
    return [
        _row(row, dict(zip((0, *columns), own, strict=True)), zeros, heads)
        for row, own, zeros in zip(rows, cells, _zeros(statement, placed, blanks, len(heads.parts) + 1), strict=True)
    ]


def _tree(rows: Sequence[_Line]) -> list[Row]:
    """The rows and what each is a part of: the account that its code goes on from, or the total of all."""
    at = {row.account.code: index for index, row in enumerate(rows) if row.account}
    total = next((index for index, row in enumerate(rows) if row.account is None), None)
    found = []
    for row in rows:
        code = row.account.code if row.account else ""
        above = next((at[code[:end]] for end in range(len(code) - 1, 0, -1) if code[:end] in at), None)
        page = row.account.page if row.account else rows[0 if total == 0 else -2].name[0].page.number
        found.append(Row(above if above is not None else total if code else None, page))
    return found


def _told(cells: Sequence[Sequence[Piece | None]], heads: HeadColumns, said: str) -> frozenset[tuple[int, int]]:
    """Which amounts of a row the text of the document prints right behind the label of which part, by the columns of
    both: 其他收入6.20万元."""
    largest = max(cells, key=lambda row: sum(piece is not None for piece in row))
    return frozenset(
        (number, column)
        for column, path in enumerate(heads.parts, 1)
        for number, piece in enumerate(largest[1:])
        if piece is not None and f"{path[-1] or path[0]}{match_key(piece.text).replace(',', '')}" in said
    )


def _columns(
    rows: Sequence[_Line],
    placed: Sequence[Vector],
    heads: HeadColumns,
    amounts: Sequence[Amount],
    told: frozenset[tuple[int, int]],
) -> tuple[int, ...]:
    """The columns of the parts, counted from that of the total: which the text of the document tells, which are mostly
    not blank and suit what the rows are spent on, what stands left of what on a line. Of one part alone it is the
    first of these. Raises UnprovenError where that tells none."""
    count = len(placed[0]) - 1
    natures = natures_of([RowToPlace((), row.account.code if row.account else "", key_of(row.name)) for row in rows])
    likely = LikelyColumns.of([(), *heads.parts])
    blank = frozenset(index for index, path in enumerate(heads.parts, 1) if any(map(is_usually_blank, path)))
    left = _left_of(placed, amounts)

    def cost(columns: tuple[int, ...]) -> tuple[int, int, int, int]:
        used = [frozenset(column for column, value in zip(columns, own[1:], strict=True) if value) for own in placed]
        strange = sum(likely.strangeness(nature, own) for nature, own in zip(natures, used, strict=True))
        order = sum(left.get((a, b), 0) for a in range(count) for b in range(count) if columns[a] > columns[b])
        untold = sum((number, column) not in told for number, column in enumerate(columns))
        return untold, len(blank.intersection(columns)), strange, order

    ways = sorted((cost(columns), columns) for columns in permutations(range(1, len(heads.parts) + 1), count))
    if not ways or (count > 1 and len(ways) > 1 and ways[0][0] == ways[1][0]):
        raise UnprovenError
    return ways[0][1]


def _left_of(placed: Sequence[Vector], amounts: Sequence[Amount]) -> dict[tuple[int, int], int]:
    """How often an amount of one column comes right before that of another, in one row."""
    beside = {(left.value, right.value) for left, right in pairwise(amounts)}
    found: dict[tuple[int, int], int] = defaultdict(int)
    for own in placed:
        for a, left in enumerate(own[1:]):
            for b, right in enumerate(own[1:]):
                if left and right and left != right and (left, right) in beside:
                    found[a, b] += 1
    return found


def _cells(statement: Statement, placed: Sequence[Vector], pieces: Sequence[Piece]) -> list[list[Piece | None]]:
    """The piece that prints each amount: in the order of the rows, column by column, where that can be; else the first
    that is left on the page."""
    found = reading_path(statement, placed)
    path = found.columns if found else None
    columns: dict[tuple[int, int, int], list[Piece]] = defaultdict(list)
    for number, (amount, piece) in enumerate(zip(statement.amounts, pieces, strict=True)):
        columns[path[number] if path else -1, amount.page, amount.value].append(piece)
    return [
        [columns[column if path else -1, row.page, value].pop(0) if value else None for column, value in enumerate(own)]
        for row, own in zip(statement.rows, placed, strict=True)
    ]


def _zeros(
    statement: Statement, placed: Sequence[Vector], zeros: Sequence[Piece], width: int
) -> Iterator[Iterator[Piece] | None]:
    """The zeros that a row prints for its blanks, None where pages print none. Raises UnprovenError where not all of
    them are printed."""
    if not zeros:
        yield from (None for _ in placed)
        return
    left: dict[int, list[Piece]] = defaultdict(list)
    for piece in zeros:
        left[piece.page.number].append(piece)
    needed: dict[int, int] = defaultdict(int)
    for row, own in zip(statement.rows, placed, strict=True):
        needed[row.page] += width - sum(map(bool, own))
    if needed != {page: len(pieces) for page, pieces in left.items()}:
        raise UnprovenError
    pages = {page: iter(pieces) for page, pieces in left.items()}
    yield from (pages.get(row.page) for row in statement.rows)


def _row(row: _Line, amounts: dict[int, Piece | None], zeros: Iterator[Piece] | None, heads: HeadColumns) -> TableRow:
    cells: list[Cell] = [EMPTY] * heads.header.width
    for column, code in enumerate(row.account.printed if row.account else ()):
        cells[column] = cell_of((code,))
    cells[heads.codes] = cell_of(row.name)
    for number in range(len(heads.parts) + 1):
        piece = amounts.get(number)
        if piece is None and zeros is not None:
            piece = next(zeros)
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
