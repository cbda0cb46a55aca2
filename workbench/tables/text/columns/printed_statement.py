"""The amounts of a section as a statement of its rows, and the piece of text that prints each of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from workbench.model.amount import read_figure
from workbench.tables.text.columns.account_rows import AccountRow
from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.columns.head_columns import Plan
from workbench.tables.text.columns.reading_path import reading_path
from workbench.tables.text.columns.section_words import SectionWords
from workbench.tables.text.columns.sums import Amount, Patience, Row, Statement, UnprovenError, Vector
from workbench.tables.text.lines import Piece

_MOST_DECIMALS = 6
_NUMBER = re.compile(r"^[1-9]\d{0,2}$")
_RARELY_WHOLE = 3
"""One in so many figures may be a number of a column or page, where amounts have decimals."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A row of a statement: an account, or the total of all (None)."""

    account: AccountRow | None
    name: Text


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """The amounts of a section as a statement of its rows, and the pieces that print them; `zeros` are those of 0."""

    statement: Statement
    pieces: Sequence[Piece]
    zeros: Sequence[Piece]
    decimals: int

    @classmethod
    def of(
        cls, section: SectionWords, rows: Sequence[StatementLine], patience: Patience, *, rounded: bool
    ) -> PrintedStatement:
        """The amounts that a section prints, the rows those of its statement. Raises UnprovenError where amounts have
        too many decimals."""
        figures = [(piece, read_figure(piece.text).value) for piece in _amounts(section.figures)]
        printed = [(piece, value) for piece, value in figures if value]
        decimals = max((-int(value.as_tuple().exponent) for _, value in printed), default=0)
        if not 0 <= decimals <= _MOST_DECIMALS:
            raise UnprovenError
        amounts = [Amount(int(value.scaleb(decimals)), piece.page.number) for piece, value in printed]
        pieces = [piece for piece, _ in printed]
        statement = Statement(_tree(rows), amounts, rounded, _edges(pieces, amounts), patience)
        return cls(statement, pieces, [piece for piece, value in figures if not value], decimals)

    def pieces_of_rows(self, placed: Sequence[Vector], plan: Plan) -> list[list[Piece | None]]:
        """The piece that prints each amount of the rows, where their amounts are `placed` so, and each zero. Raises
        UnprovenError where it is not told where zeros stand."""
        return _with_zeros(self.statement, plan, _pieces_by_row(self.statement, placed, self.pieces), self.zeros)


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


def _tree(rows: Sequence[StatementLine]) -> list[Row]:
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


def _pieces_by_row(statement: Statement, placed: Sequence[Vector], pieces: Sequence[Piece]) -> list[list[Piece | None]]:
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
