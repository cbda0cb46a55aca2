"""Where the words of a line stand: in points where the reader knows their boxes, else in terminal cells of the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan

from workbench.model.amount import match_key
from workbench.model.display_width import display_width
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.glued import parts_of
from workbench.tables.text.lines import Line, Piece
from workbench.tables.text.vocabulary import TOTALS, is_known_prefix, is_listed

_FEWEST_NAMES, _BLANK = 4, 1.0
"""So many names stand side by side in a line of which blanks part the names, that many characters apart."""
_LEAST_BEGUN = 4
"""So many characters of a name on a line show which it is, though it goes on below."""
_NO_NAME = re.compile(r"[。；，：]|^.$")
_YEAR, _OF_YEAR = re.compile(r"^20\d\d$"), re.compile(r"^(?:年|[a-z]+$)")
_GOES_ON = re.compile(r"[比较与]$")
"""How labels do not end."""
_IN_PERCENT = re.compile(r"\S[(（]?[%％][)）]?$")
"""How names of rates end: another one that ends so is another name."""
Measure = Callable[[str], int]
"""How wide a text is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Neighbouring words of one line that are one cell or a part of one: their pieces and extent. `line` counts the
    printed lines of the page."""

    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    line: int
    y: float

    @property
    def text(self) -> str:
        """What they print, a blank between words, none where a figure goes on in the line below."""
        if len(self.pieces) == 1:
            return self.pieces[0].text
        broken = "\n" in self.pieces[0].page.text[self.pieces[0].end : self.pieces[-1].start]
        return ("" if broken else " ").join([piece.text for piece in self.pieces])

    @property
    def middle(self) -> float:
        """The middle of their extent."""
        return (self.x0 + self.x1) / 2

    @property
    def names_total(self) -> bool:
        """Whether they are the name of a total, which may be centred over several columns."""
        return match_key(self.text) in TOTALS


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A printed line: its cells from left to right."""

    line: Line
    number: int
    y: float
    cells: tuple[Placed, ...]
    em: float
    """The width of a wide character, in the unit of the extents."""


def placed_lines(lines: Sequence[Line], measure: Measure) -> list[PlacedLine]:
    """The printed lines of one page with their words placed."""
    found: list[PlacedLine] = []
    for line in lines:
        words = line.words()
        if not words:
            continue
        if not line.page.boxes:
            words = tuple(part for word in words for part in parts_of(word))
        number = len(found)
        boxed = [_boxed(word) for word in words] if line.page.boxes else None
        if boxed and all(place is not None for place in boxed):
            places = [place for place in boxed if place is not None]
            em = max(place[3] - place[2] for place in places)
            y = sum((place[2] + place[3]) / 2 for place in places) / len(places)
            extents = [(place[0], place[1]) for place in places]
        else:
            em, y = 2.0, float(number)
            extents = [_cells_of(line, word, measure) for word in words]
        cells = _joined(words, extents, number, y, em)
        found.append(PlacedLine(line, number, y, tuple(cells), em))
    return found


def _boxed(word: Piece) -> tuple[float, float, float, float] | None:
    """Where a word begins and ends across and down, None where no character of it has a place."""
    sides = word.page.boxes[4 * word.start : 4 * word.end].tolist()
    lefts, tops, rights, bottoms = sides[0::4], sides[1::4], sides[2::4], sides[3::4]
    if not lefts or isnan(sum(lefts)):
        box = word.page.box_of(word.start, word.end)
        return None if box is None else (box.x0, box.x1, box.top, box.bottom)
    return min(lefts), max(rights), min(tops), max(bottoms)


def _cells_of(line: Line, word: Piece, measure: Measure) -> tuple[float, float]:
    start = measure(line.text[: word.start - line.start])
    return float(start), float(start + measure(word.text))


def measure_of(lines: Sequence[Line]) -> Measure:
    """In what the columns of these lines are counted: terminal cells, or characters as conversions do that take a wide
    character for one; figures end at fewer different places where it is right."""
    ends: dict[Measure, set[int]] = {display_width: set(), len: set()}
    for line in lines:
        if line.page.boxes or line.text.isascii():
            continue
        for word in line.words():
            if is_figure_word(word.text):
                for measure, found in ends.items():
                    found.add(measure(line.text[: word.end - line.start]))
    return len if len(ends[len]) < len(ends[display_width]) else display_width


def _joined(
    words: Sequence[Piece], extents: Sequence[tuple[float, float]], number: int, y: float, em: float
) -> list[Placed]:
    """Words of text that stand close together are one cell; a figure is always one of its own, but for the year in a
    label (2023 年预算数比 2022) of a line without amounts."""
    cells: list[Placed] = []
    years = all(_YEAR.match(word.text) for word in words if is_figure_word(word.text))
    room = 0.6 * em if words[0].page.boxes or not _blanks_part_names(words, extents) else 0.0
    for word, (x0, x1) in zip(words, extents, strict=True):
        last = cells[-1] if cells else None
        close = last is not None and (x0 - last.x1 <= room or _spaced_out(last, word))
        close = close or (last is not None and x0 - last.x1 <= em and bool(_GOES_ON.search(last.text)))
        close = close and last is not None and not _are_two_names(last.text, word.text)
        figure = _stands_alone(word.text) or (last is not None and _stands_alone(last.pieces[-1].text))
        if figure and years and last is not None and x0 - last.x1 <= _BLANK:
            close = bool(_OF_YEAR.match(word.text)) or not is_figure_word(last.pieces[-1].text)
            figure = not close
        if last is not None and close and not figure:
            cells[-1] = Placed((*last.pieces, word), last.x0, x1, number, y)
        else:
            cells.append(Placed((word,), x0, x1, number, y))
    return cells


def _stands_alone(text: str) -> bool:
    """Whether a word is a figure, or what stands in its place where columns are numbered (**)."""
    return is_figure_word(text) or not text.strip("*")


def _blanks_part_names(words: Sequence[Piece], extents: Sequence[tuple[float, float]]) -> bool:
    """Whether the words of a line, none of them a figure, are names that stand side by side only a blank apart, as in a
    header of narrow columns: most of them do."""
    if len(words) < _FEWEST_NAMES or any(_NO_NAME.search(word.text) or is_figure_word(word.text) for word in words):
        return False
    return sum(after[0] - before[1] <= _BLANK for before, after in pairwise(extents)) * 2 >= len(words) - 1


def _are_two_names(text: str, following: str) -> bool:
    """Whether words that stand close together are the names of two columns, and not one name."""
    if _GOES_ON.search(text):
        return False
    if _IN_PERCENT.search(text) and _IN_PERCENT.search(following):
        return True
    begins = is_listed(following) or (len(following) >= _LEAST_BEGUN and is_known_prefix(following))
    return begins and is_listed(text) and not is_known_prefix(text + following)


def _spaced_out(last: Placed, word: Piece) -> bool:
    """Whether a character goes on with a label that is printed with wide blanks between its characters: 收   入."""
    if len(word.text) > 1 or any(len(piece.text) > 1 for piece in last.pieces):
        return False
    return is_known_prefix("".join(piece.text for piece in last.pieces) + word.text)


def strips(cells: Iterable[Placed], least_gap: float) -> list[tuple[float, float]]:
    """The vertical strips that the cells cover, those nearer than `least_gap` to each other being one."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((cell.x0, cell.x1) for cell in cells):
        if found and x0 - found[-1][1] < least_gap:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found
