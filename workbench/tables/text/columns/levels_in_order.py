"""The codes of rows whose levels stand in columns of their own, by the order in which each column prints them.

Where a column prints the digits of each row that has them, names in their order and codes in their order go on
together: a row begins the next class, the next section of its class or the next item of its section. Which it is its
name tells where the lists of accounts know it, and the number of codes where they do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from workbench.fiscal.codes import is_account_name, names_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import match_key
from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.columns.section_words import SectionWords
from workbench.tables.text.lines import Piece, key_of

_CLASS, _SECTION = 3, 5
_OTHER_NAME, _UNLISTED = 3, 1
"""What it costs that a code is listed with another name than that of its row, and that it is not listed."""
_MOST_COST = 0.2
"""What the rows of a statement may cost on average."""
_MOST_STATES = 20_000


class CodedRow(NamedTuple):
    """A row: its whole code, the pieces that print it, one a column (None: left out there), and its name."""

    code: str
    printed: tuple[Piece | None, ...]
    name: Text


Given = tuple[int, int, int]


def _one_more(given: Given, level: int) -> Given:
    first, second, third = given
    return first + (level == 0), second + (level == 1), third + (level == 2)


class _State(NamedTuple):
    """How many codes of each level are given to rows, and the code of the last row."""

    given: Given
    code: str


class _Way(NamedTuple):
    """What it costs to come to a state, and the state before it."""

    cost: int
    before: _State


def rows_in_order(words: SectionWords, names: Sequence[Text]) -> list[CodedRow]:
    """The rows that names make with the digits of their own levels alone; empty where these are not just as many."""
    columns = _columns(words)
    if sum(map(len, columns)) != len(names) or not columns[0]:
        return []
    digits = [[match_key(piece.text) for piece in column] for column in columns]
    start = _State((0, 0, 0), "")
    ways: list[dict[_State, _Way]] = [{start: _Way(0, start)}]
    for name in names:
        key = label_key(key_of(name))
        following: dict[_State, _Way] = {}
        for state, way in ways[-1].items():
            for level, code in _next(state, digits):
                given = _one_more(state.given, level)
                cost = way.cost + _cost(code, key)
                then = _State(given, code)
                if then not in following or cost < following[then].cost:
                    following[then] = _Way(cost, state)
        if not following or len(following) > _MOST_STATES:
            return []
        ways.append(following)
    return _traced(ways, columns, names)


def _columns(words: SectionWords) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """The digits of classes, sections and items, each in the order of the text: what a page prints behind the label of
    items is of these."""
    items = {label[0].page.number: label[0].start for label in reversed(words.heads) if key_of(label) == "项"}
    sections: list[Piece] = []
    below: list[Piece] = []
    for piece in words.levels:
        (below if piece.start > items.get(piece.page.number, 0) else sections).append(piece)
    return list(words.codes), sections, below


def _next(state: _State, digits: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """The levels that the next row may be of, with its code."""
    found = []
    for level, own in enumerate(digits):
        number = state.given[level]
        above = state.code[: (0, _CLASS, _SECTION)[level]]
        if number < len(own) and len(above) == (0, _CLASS, _SECTION)[level]:
            found.append((level, above + own[number]))
    return found


@lru_cache(maxsize=8192)
def _cost(code: str, key: str) -> int:
    listed = set(map(label_key, names_of(code)))
    if key in listed:
        return 0
    return _OTHER_NAME if listed or is_account_name(key) else _UNLISTED


def _traced(
    ways: Sequence[Mapping[_State, _Way]], columns: Sequence[Sequence[Piece]], names: Sequence[Text]
) -> list[CodedRow]:
    state = min(ways[-1], key=lambda state: ways[-1][state].cost)
    if ways[-1][state].cost > max(_MOST_COST * len(names), _OTHER_NAME):
        return []
    rows: list[CodedRow] = []
    for known, name in zip(reversed(ways[1:]), reversed(names), strict=True):
        before = known[state].before
        level = next(level for level in range(3) if state.given[level] != before.given[level])
        piece = columns[level][before.given[level]]
        rows.append(CodedRow(state.code, (*[None] * level, piece), name))
        state = before
    return rows[::-1]
