"""Tables in text that gives their cells neither row by row nor with blanks between, but column by column or in blocks.

Programs that take text from a page in the order of its columns leave a table so. Its rows are known where they are
accounts, whose codes are in order and whose names are listed; where its amounts stand, the sums tell. Where they do not
prove all of it the rows alone are read, and the amounts are left over as not read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from workbench.model.amount import match_key, read_figure
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
from workbench.tables.text.columns.head_columns import HeadColumns, Plan, head_columns
from workbench.tables.text.columns.misprints import misread_amounts
from workbench.tables.text.columns.placement import KnownRuns, placements
from workbench.tables.text.columns.reading_path import likeliest, reading_path
from workbench.tables.text.columns.section_words import SectionWords, sections_of
from workbench.tables.text.columns.sums import Amount, Patience, Row, Statement, UnprovenError, Vector
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of
from workbench.tables.text.running.promised_sums import RowToPlace
from workbench.tables.text.vocabulary import TOTALS

_FEWEST_ROWS, _MOST_WORDS = 3, 400
"""A table has so many rows at least, and no more words of one kind: rows are placed one within the other."""
_MOST_DECIMALS = 6
_NUMBER = re.compile(r"^[1-9]\d{0,2}$")
_RARELY_WHOLE = 3
"""One in so many figures may be a number of a column or page, where amounts have decimals."""
_FAR = 10**6
_MOST_COLUMNS = 24
"""No statement of accounts has more columns."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a statement: an account, or the total of all (None)."""

    account: AccountRow | None
    name: Text


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
                    printed = _printed(section, rows, patience, rounded=rounded)
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


def _misprinted(section: SectionWords, rows: Sequence[_Line], heads: HeadColumns, said: str) -> list[TableRow] | None:
    """The rows, where one figure alone stands against all: the one digit of which, read as what another figure on its
    page prints, lets everything add up. Where each stands is told so; what is printed is not touched."""
    found: list[list[TableRow]] = []
    patience = Patience()
    try:
        printed = _printed(section, rows, patience, rounded=False)
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


def _with_total(section: SectionWords, accounts: Sequence[AccountRow]) -> Iterator[tuple[list[_Line], list[Text]]]:
    """The rows with the total of all, where the text likelier has it first, and the labels of the head; without a
    total, where the text has none. Which total is that of a row is left open: likeliest the nearest to accounts."""
    rows = [_Line(account, account.name) for account in accounts]
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
        total = _Line(None, label)
        orders = ([total, *rows], [*rows, total])
        for row in reversed(orders) if place_of(label) > near[-1] else orders:
            yield row, [head for head in heads if head is not label]


@dataclass(frozen=True, slots=True)
class _Printed:
    """The amounts of a section as a statement of its rows, and the pieces that print them; `zeros` are those of 0."""

    statement: Statement
    pieces: Sequence[Piece]
    zeros: Sequence[Piece]
    decimals: int


def _printed(section: SectionWords, rows: Sequence[_Line], patience: Patience, *, rounded: bool) -> _Printed:
    """Raises UnprovenError where amounts have too many decimals."""
    figures = [(piece, read_figure(piece.text).value) for piece in _amounts(section.figures)]
    printed = [(piece, value) for piece, value in figures if value]
    decimals = max((-int(value.as_tuple().exponent) for _, value in printed), default=0)
    if not 0 <= decimals <= _MOST_DECIMALS:
        raise UnprovenError
    amounts = [Amount(int(value.scaleb(decimals)), piece.page.number) for piece, value in printed]
    pieces = [piece for piece, _ in printed]
    statement = Statement(_tree(rows), amounts, rounded, _edges(pieces, amounts), patience)
    return _Printed(statement, pieces, [piece for piece, value in figures if not value], decimals)


def _body(
    section: SectionWords, printed: _Printed, rows: Sequence[_Line], heads: HeadColumns, said: str, runs: KnownRuns
) -> list[TableRow]:
    """The rows with every figure in its place. Raises UnprovenError."""
    statement, pieces = printed.statement, printed.pieces
    suits = ColumnCosts.of(rows_to_place(rows), heads.paths, pieces, statement.amounts, section.heads, said)
    found = placements(statement, heads.plan, suits, printed.decimals, runs)
    placed = likeliest(statement, found)
    cells = _with_zeros(statement, heads.plan, _cells(statement, placed, pieces), printed.zeros)
    return [_row(row, own, heads) for row, own in zip(rows, cells, strict=True)]


def rows_to_place(rows: Sequence[_Line]) -> list[RowToPlace]:
    """The rows by their codes and names."""
    return [RowToPlace((), row.account.code if row.account else "", key_of(row.name)) for row in rows]


def _amounts(figures: Sequence[Piece]) -> list[Piece]:
    """The figures that are amounts: where these have decimals, no numbers of columns or pages."""
    whole = sum(bool(_NUMBER.match(piece.text)) for piece in figures)
    parted = sum("." in piece.text for piece in figures)
    if whole * _RARELY_WHOLE > len(figures) or whole + parted < len(figures) / 2:
        return list(figures)
    return [piece for piece in figures if not _NUMBER.match(piece.text)]


def _edges(pieces: Sequence[Piece], amounts: Sequence[Amount]) -> frozenset[Amount]:
    """The amounts beside which something else stands, or nothing."""
    found: set[Amount] = set()
    for index, (left, right) in enumerate(pairwise(pieces)):
        between = left.page.text[left.end : right.start] if left.page is right.page else "\f"
        if between.strip() or between.count("\n") > 1 or left.page is not right.page:
            found.update((amounts[index], amounts[index + 1]))
    return frozenset(found | {*amounts[:1], *amounts[-1:]})


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


def _with_zeros(
    statement: Statement, plan: Plan, cells: Sequence[Sequence[Piece | None]], zeros: Sequence[Piece]
) -> list[list[Piece | None]]:
    """The cells, the zeros that pages print put where rows are blank: in all columns, or in those that just so many
    blanks are in. Raises UnprovenError where that tells none."""
    filled = [list(row) for row in cells]
    if not zeros:
        return filled
    left: dict[int, list[Piece]] = defaultdict(list)
    for piece in zeros:
        left[piece.page.number].append(piece)
    changes = [column for column, _ in plan.changes]
    every = range(plan.width)
    for columns in (every, changes, *combinations(every, 1), *combinations(every, 2), *combinations(every, 3)):
        blanks = [(index, column) for index, row in enumerate(cells) for column in columns if row[column] is None]
        if Counter(statement.rows[index].page for index, _ in blanks) == {page: len(own) for page, own in left.items()}:
            for index, column in blanks:
                filled[index][column] = left[statement.rows[index].page].pop(0)
            return filled
    raise UnprovenError


def _row(row: _Line, amounts: Sequence[Piece | None], heads: HeadColumns) -> TableRow:
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
