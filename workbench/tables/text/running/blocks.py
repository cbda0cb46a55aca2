"""Statements of three blocks or more beside each other (收入 | 支出按功能分类 | 支出按用途, each with names and an
amount), in text that lost its blank cells.

Names and amounts come row by row, the blocks from the left, and what is blank in a row is left out. In which block a
name stands follows from the numbers that go on within each block (三、 after 二、, 1. below it), from where its line
begins, and from its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from workbench.fiscal.numerals import chinese_number
from workbench.model.amount import match_key
from workbench.model.table import Cell, Row
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header.heights import standing
from workbench.tables.text.header.rows import Header, HeaderText, Label
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import EMPTY, cell_of, key_of
from workbench.tables.text.running.side_words import side_of
from workbench.tables.text.vocabulary import NEW_LABEL, TOTALS, column_kind, is_known

_FEWEST = 3
"""So many blocks; two are read as two sides."""
_LEVELS = (
    re.compile(r"^([一二三四五六七八九十]+)、"), re.compile(r"^[（(]([一二三四五六七八九十]+)[)）]"),
    re.compile(r"^(\d{1,2})[.、．]"), re.compile(r"^[（(](\d{1,2})[)）]"),
)  # fmt: skip
_WAYS = 60
"""So many ways to read what came so far are followed."""
_OUT_OF_TURN, _AGAINST_LINE, _OTHER_SIDE = 3.0, 3.0, 2.0
"""What it costs that a number does not go on in its block, that a row begins in the middle of a line or goes on over
its end, and that a name stands on the side that its words speak against."""
_BLANK, _UNNUMBERED = 0.25, 0.3
"""What each block costs that a row leaves blank, and a name without a number."""
_DEAREST = 1.0
"""What each name may cost at the most."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A name, the words of its amount, and whether its line begins with it."""

    words: tuple[Word, ...]
    figures: tuple[Word, ...] = ()
    first: bool = False

    @property
    def text(self) -> str:
        """The key of the name."""
        return match_key("".join(word.text for word in self.words))


@dataclass(frozen=True, slots=True)
class _Way:
    """The blocks of the names so far, what that costs, and the numbers with which each block would go on."""

    cost: float
    blocks: tuple[int, ...]
    numbers: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The header and the rows of a statement of blocks."""

    header: Header
    rows: list[Row] = field(default_factory=list)


def read_blocks(labels: Sequence[Label], words: Sequence[Word], joiner: FigureJoiner) -> Blocks | None:
    """The statement that labels and the words below them make, None where they are not such a one."""
    header = _header(labels) or _header(_in_print(labels))
    if header is None:
        return None
    count = header.width // 2
    lines = len({word.line for word in words})
    whole = sum(is_figure_word(word.text) for word in words) > lines
    items = list(_items(words, whole=whole))
    items = _closed_up(items) if whole else items
    way = _likeliest(items, count, _first_of_second(header), whole=whole)
    if way is None or way.cost > _DEAREST * len(items):
        return None
    rows: list[list[Cell]] = []
    filled: list[int] = []
    last = count
    for item, block in zip(items, way.blocks, strict=True):
        if block <= last:
            rows.append([EMPTY] * (2 * count))
            filled.append(0)
        last = block
        filled[-1] += 1
        rows[-1][2 * block] = cell_of([word.piece for word in item.words])
        figures = joiner.join(item.figures)
        rows[-1][2 * block + 1] = cell_of([piece for figure in figures for piece in figure])
    body = [
        tuple(replace(cell, inferred=bool(cell.printed) and own < count) for cell in row)
        for row, own in zip(rows, filled, strict=True)
    ]
    return Blocks(header, list(body))


def _in_print(labels: Sequence[Label]) -> list[Label]:
    """The labels as they are printed, a name that is wrapped around the line of the others where that lacks one: before
    an amount that follows an amount."""
    placed = sorted(standing(labels), key=lambda item: item.places[0])
    around = [item.label for item in placed if item.is_around_a_line]
    found: list[Label] = []
    for label in (item.label for item in placed if not item.is_around_a_line):
        if around and found and key_of(label) == key_of(found[-1]):
            found.append(around.pop(0))
        found.append(label)
    return [*found, *around]


def _header(labels: Sequence[Label]) -> Header | None:
    """The header of blocks: below labels that divide them names and amounts, taking turns."""
    keys = list(map(key_of, labels))
    count = 0
    while len(keys) > 2 * count + 1 and keys[-1 - 2 * count] == keys[-1]:
        count += 1
    lower, upper = list(labels[len(labels) - 2 * count :]), list(labels[: len(labels) - 2 * count])
    names = keys[len(upper) :: 2]
    if count < _FEWEST or column_kind(keys[-1]) != "figure" or len(set(names)) < 2:
        return None
    if any(is_figure_word(name) or column_kind(name) == "figure" for name in names):
        return None
    if len(upper) == count:
        spans = [1] * count
    elif len(upper) == 2:
        # what comes in is listed once, what it is spent on by several classifications
        spans = [1, count - 1]
    elif not upper:
        spans = []
    else:
        return None
    above = tuple(label for label, span in zip(upper, spans, strict=True) for _ in range(2 * span))
    rows = (above, tuple(lower)) if above else (tuple(lower),)
    return Header(rows, HeaderText(tuple(tuple(map(key_of, row)) for row in rows)))


def _first_of_second(header: Header) -> int:
    """The first block below another label than the first stands under."""
    upper = header.text.rows[0]
    return next((column for column, text in enumerate(upper) if text != upper[0]), 0) // 2 if header.rows[1:] else 0


def _items(words: Sequence[Word], *, whole: bool) -> Iterator[_Item]:
    """Names, each with its amount. Where lines are `whole` rows, each word on a line is a cell."""
    name: list[Word] = []
    figures: list[Word] = []
    first = False
    for word in words:
        if is_figure_word(word.text) and name:
            figures.append(word)
            continue
        beside = bool(name) and name[-1].line == word.line
        goes_on = bool(name) and not figures and not NEW_LABEL.match(word.text) and word.text not in TOTALS
        if goes_on and (beside or whole):
            # 合 计 is printed with blanks between
            goes_on = len(word.text) == 1 == len(name[-1].text)
        if not goes_on:
            if name:
                yield _Item(tuple(name), tuple(figures), first)
            name, figures, first = [], [], word.first
        name.append(word)
    if name:
        yield _Item(tuple(name), tuple(figures), first)


def _closed_up(items: Sequence[_Item]) -> list[_Item]:
    """The names of whole lines, what is wrapped of one put to it: words that nobody knows at the start of a line, where
    that or the one above holds nothing else. With an amount they go with the name above that lacks one, else, where
    they are short, with the longest name there."""
    found: list[_Item] = []
    above: list[_Item] = []
    for line in _lines(items):
        rest = line[0]
        if (
            above
            and 1 in (len(line), len(above))
            and not NEW_LABEL.match(rest.words[0].text)
            and not is_known(rest.text)
        ):
            begun = above[-1] if rest.figures else max(above, key=lambda item: len(item.text))
            short = len(rest.text) * 2 <= len(begun.text)
            if (rest.figures and not begun.figures) or (not rest.figures and len(line) == 1 and short):
                place = len(found) - len(above) + above.index(begun)
                found[place] = replace(begun, words=(*begun.words, *rest.words), figures=begun.figures + rest.figures)
                found.extend(replace(item, first=False) for item in line[1:])
                above = found[len(found) - len(above) - len(line) + 1 :]
                continue
        found.extend(line)
        above = line
    return found


def _lines(items: Sequence[_Item]) -> list[list[_Item]]:
    lines: list[list[_Item]] = []
    for item in items:
        if item.first or not lines:
            lines.append([])
        lines[-1].append(item)
    return lines


def _likeliest(items: Sequence[_Item], count: int, second: int, *, whole: bool) -> _Way | None:
    """The likeliest blocks of names."""
    ways = [_Way(0.0, (), ((),) * count)]
    for item in items:
        found: dict[tuple[object, ...], _Way] = {}
        for way in ways:
            for block in range(count):
                grown = _grown(way, item, block, count, second, whole=whole)
                state = (block, grown.numbers)
                if state not in found or grown.cost < found[state].cost:
                    found[state] = grown
        ways = sorted(found.values(), key=lambda way: way.cost)[:_WAYS]
    return ways[0] if items else None


def _grown(way: _Way, item: _Item, block: int, count: int, second: int, *, whole: bool) -> _Way:
    """A way with one name more, in a block."""
    last = way.blocks[-1] if way.blocks else count
    begins = block <= last
    blank = (block + count - 1 - last if way.blocks else block) if begins else block - last - 1
    cost = _BLANK * blank
    if whole and begins != item.first and way.blocks:
        cost += _AGAINST_LINE
    side = side_of(item.text)
    if second and side:
        cost += _OTHER_SIDE * ((side == "left") != (block < second))
    numbers, turn = _continued(way.numbers[block], item.text)
    after = (*way.numbers[:block], numbers, *way.numbers[block + 1 :])
    return _Way(way.cost + cost + turn, (*way.blocks, block), after)


def _continued(numbers: tuple[tuple[int, int], ...], text: str) -> tuple[tuple[tuple[int, int], ...], float]:
    """The numbers of a block after a name more, level by level, and what it costs that it comes there."""
    level, match = next(
        ((level, match) for level, pattern in enumerate(_LEVELS) if (match := pattern.match(text))), (0, None)
    )
    if match is None:
        ended = () if text.endswith(TOTALS) else numbers
        return ended, 0.0 if text.endswith(TOTALS) else _UNNUMBERED
    number = int(match[1]) if match[1].isdigit() else chinese_number(match[1])
    levels = [own for own, _ in numbers]
    if level in levels:
        above = numbers[: levels.index(level)]
        return (*above, (level, number)), 0.0 if number == numbers[len(above)][1] + 1 else _OUT_OF_TURN
    return (*numbers, (level, number)), 0.0 if number == 1 else _OUT_OF_TURN
