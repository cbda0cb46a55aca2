"""Rows that were read as one: cells that hold two figures, two codes, two labels; and where each of them is cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, pairwise, product

from workbench.fiscal.codes import names_of
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Family, Relation
from workbench.model.edit import Edit, SplitRow
from workbench.model.table import CellRef
from workbench.repairs.evidence.column_style import NEARLY_ALL
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_numbers import cut_numbers
from workbench.repairs.fixed_point import to_units
from workbench.repairs.slips.merged_codes import BEFORE_TOTAL, TOTAL, Codes, cut_codes
from workbench.repairs.slips.pieces import FIGURE, cuts, cuts_alike
from workbench.repairs.slips.printed_words import PrintedWords
from workbench.repairs.system import System

_SAME_BEGINNING = 3
_MOST_LONELY = 5
"""Figures of one of two merged rows only: with more of them there are too many ways to share them out."""
_IS_TOTAL = re.compile(r"[合总小]\s*计\s*$")
_CODE_INSIDE = re.compile(r"(?<=[^\d\s])(?=\d{3,7}\s*[^\d\s])")
_TWO_NUMBERS = re.compile(r"(\d+\s+)\d+")
_SHORTEST_NAME = 3
_MOST_WAYS = 3
_MOST_PAIRS = 8
"""Ways to cut one cell, and all cells of a row together."""
_LAST_PLACE = Decimal("0.01")
"""The last place that amounts are printed to."""
_PERHAPS_TWO = re.compile(r"(?=..)(?:0|.*\s|[^.]*\.[^.]*\.)", re.DOTALL)
"""With a blank, two points, or a zero before more."""
_NUMBERED = re.compile(r"(?<=[^\s（(])(?=其中[:：]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、．])")


@dataclass(slots=True)
class MergedRows:
    """Finds the rows of a document that are two."""

    system: System
    words: PrintedWords
    suspected: set[str]
    """The tables of which a row looks like two."""
    _labels: dict[str, str] = field(default_factory=dict)

    def rows_of_two(self, layout: TableLayout) -> list[int]:
        """The rows that have a cell of amounts which may hold two figures."""
        found: set[int] = set()
        for column in (column for segment in layout.segments for column in segment):
            decimals = layout.style(column).decimals
            printed = {texts[column] for texts in layout.texts}
            ways = {text for text in _perhaps_two(printed, decimals) if _two_figures(text, decimals)}
            if ways:
                found.update([row for row, texts in enumerate(layout.texts) if texts[column] in ways])
        return sorted(found)

    def ways_to_cut(self, layout: TableLayout, row: int) -> Iterator[tuple[Edit, dict[CellRef, int]]]:
        """The ways to cut a row in two whose cells hold two figures each."""
        texts = layout.texts[row]
        columns = (column for segment in layout.segments for column in segment)
        decimals = {column: layout.style(column).decimals for column in columns}
        ways = {
            column: found
            for column, places in decimals.items()
            for text in _perhaps_two([texts[column]], places)
            if (found := _two_figures(text, places))
        }
        if not ways:
            return
        ways |= {
            column: [pair]
            for column in range(layout.table.width)
            if column not in ways and (pair := _with_dash(layout, row, column))
        }
        for pairs in islice(product(*ways.values()), _MOST_PAIRS):
            yield from self._ways_with(layout, row, dict(zip(ways, pairs, strict=True)))

    def _ways_with(
        self, layout: TableLayout, row: int, cut: Mapping[int, tuple[str, str]]
    ) -> Iterator[tuple[Edit, dict[CellRef, int]]]:
        """The ways to cut a row in two whose cells in some columns hold these two figures each."""
        texts = layout.texts[row]
        columns = [column for segment in layout.segments for column in segment]
        self.suspected.add(layout.table.id)
        codes = cut_codes(layout, row)
        if codes is not None:
            codes.offsets.update(cut_numbers(layout, row))
        if codes is None or (len(cut) < 2 and not codes.offsets and not self._two_labels(texts)):
            return
        lonely = [column for column in columns if texts[column] and column not in cut]
        if len(lonely) > _MOST_LONELY:
            return
        across = self._across(layout, row)
        offsets = self._offsets(layout, row, cut, codes)
        values = {
            CellRef(layout.table.id, row, column): _units(first)
            for column, (first, _) in cut.items()
            if layout.cell(row, column).figure.kind is not FigureKind.TEXT
        }
        alone = {
            column: [label for label in self._labels_alone(layout, row, column, cut) if label not in codes.offsets]
            for column in lonely
        }
        totals = any(_IS_TOTAL.search(texts[label]) for labels in alone.values() for label in labels)
        below = any(
            0 < offset < len(text) and _IS_TOTAL.search(text) for offset, text in zip(offsets, texts, strict=True)
        )
        # A total stands beside a total.
        shared_out = product((False, True) if totals and below else (True, False), repeat=len(lonely))
        # They are rather all of one row than now of the one, now of the other.
        for above in sorted(shared_out, key=lambda stay: len(set(stay))):
            halves: tuple[dict[int, int], dict[int, int]] = ({}, {})
            for column, (first, second) in cut.items():
                halves[0][column], halves[1][column] = _units(first), _units(second)
            for column, stays in zip(lonely, above, strict=True):
                halves[not stays][column] = _units(texts[column])
                offsets[column] = len(texts[column]) if stays else 0
                for label in alone[column]:
                    offsets[label] = len(texts[label]) if stays else 0
            if all(_holds(coefficients, half) for coefficients in across for half in halves):
                yield SplitRow(layout.table.id, row, tuple(offsets), texts), values

    def _offsets(self, layout: TableLayout, row: int, cut: Mapping[int, tuple[str, str]], codes: Codes) -> list[int]:
        """Where each cell of a row is cut: its figures and codes where they are two, its labels where two may meet."""
        of_figures = {column for segment in layout.segments for column in segment}
        offsets = [0] * layout.table.width
        for column, text in enumerate(layout.texts[row]):
            if column in cut:
                offsets[column] = len(text) - len(cut[column][1])
            elif column in codes.offsets:
                offsets[column] = codes.offsets[column]
            elif column not in of_figures:
                twice = _said_twice(layout, row, column) or _two_numbers(text) or _two_digits(layout, row, column)
                offsets[column] = twice or self._cut_label(text, codes.first)
        return offsets

    def _labels_alone(self, layout: TableLayout, row: int, column: int, cut: Container[int]) -> list[int]:
        """The columns of labels before a figure of a half of the table in which nothing is cut: they go with it."""
        segment = layout.segment_of(column)
        if any(other in cut for other in segment):
            return []
        before = max((other[-1] for other in layout.segments if other[-1] < segment[0]), default=-1)
        labels = list(range(before + 1, segment[0]))
        texts = layout.texts[row]
        if before >= 0:
            # A label that names two rows by itself is cut, wherever the figure behind it goes.
            return [label for label in labels if not 0 < self._cut_label(texts[label], []) < len(texts[label])]
        names_both = any(0 < self._cut_label(texts[label], []) < len(texts[label]) for label in labels)
        return [] if names_both or layout.segments[-1] == segment else labels

    def _across(self, layout: TableLayout, without: int) -> list[dict[int, int]]:
        """What holds across the rows of this table, as coefficients by column, from the first row that tells."""
        for row, cells in enumerate(layout.table.rows):
            if row == without:
                continue
            found: dict[str, dict[int, int]] = {}
            for column in range(len(cells)):
                for result in self.system.reconciliation.results_of(CellRef(layout.table.id, row, column)):
                    check = result.check
                    if check.family is Family.ROW_SUM and check.relation is Relation.EQUAL:
                        found[check.id] = {term.ref.column: int(term.coefficient) for term in check.terms}
            if found:
                return list(found.values())
        return []

    def _cut_label(self, text: str, codes: list[str]) -> int:
        """Where the label of the first row ends: at a blank, where the name of its code does, at a numbering, or where
        it begins again as it began."""
        if not text or read_figure(text).kind is not FigureKind.TEXT:
            return len(text)
        inside = _CODE_INSIDE.search(text) if text[0].isdecimal() else None
        if inside:
            return inside.start()
        blank = re.search(r"(?<=[^\d\s])\s+", text) or re.search(r"\s+", text) or TOTAL.match(text)
        if blank:
            return blank.end()
        for code in codes:
            # An account may have been called by a part of its name of today.
            for name in (self._named(code), *sorted(names_of(code), key=len, reverse=True)):
                if name and text.startswith(name) and len(name) < len(text):
                    return len(name)
        numbered = _NUMBERED.search(text) or BEFORE_TOTAL.search(text)
        again = text.find(text[:_SAME_BEGINNING], _SAME_BEGINNING) if len(text) > 2 * _SAME_BEGINNING else -1
        return numbered.start() if numbered else self._between_names(text) or (again if again > 0 else len(text))

    def _between_names(self, text: str) -> int:
        """Where the label falls into two that stand by themselves elsewhere in the document, or one that does and a
        rest; 0 where it falls apart in no such way, or in several."""
        words, places = self.words.texts, range(_SHORTEST_NAME, len(text) - _SHORTEST_NAME + 1)
        known = {place: (text[:place] in words) + (text[place:] in words) for place in places}
        best = max(known.values(), default=0)
        found = [place for place, count in known.items() if count == best]
        return found[0] if best and len(found) == 1 else 0

    def _two_labels(self, texts: tuple[str, ...]) -> bool:
        """Whether a text of the row falls into two labels at a blank, at a numbering or behind a total."""
        return any(0 < self._cut_label(text, []) < len(text) for text in texts if not text[:1].isdecimal())

    def _named(self, code: str) -> str:
        """How the rows of this code are called elsewhere in the document."""
        if not self._labels:
            for table in self.system.document.tables:
                for row in table.rows:
                    texts = [cell.text.strip() for cell in row]
                    for left, right in pairwise(texts):
                        if left.isdecimal() and read_figure(right).kind is FigureKind.TEXT:
                            self._labels.setdefault(left, right)
        return self._labels.get(code, "")


def _said_twice(layout: TableLayout, row: int, column: int) -> int:
    """Where a text ends that stands twice in its cell and once in other rows of the column; 0 where none does."""
    text = layout.texts[row][column]
    first = text[: len(text) // 2].strip()
    rest = text[len(first) :].lstrip()
    if not first or rest != first or all(texts[column].strip() != first for texts in layout.texts):
        return 0
    return len(text) - len(rest)


def _two_digits(layout: TableLayout, row: int, column: int) -> int:
    """Where the second of two whole numbers begins that ran together, of one digit each, in a column in which nearly
    every row has a number; 0 where the cell does not hold two such."""
    text = layout.texts[row][column]
    if len(text) != len("00") or not text.isdecimal():
        return 0
    others = [texts[column].strip() for other, texts in enumerate(layout.texts) if other != row]
    held = [other for other in others if other]
    return int(bool(held) and all(map(str.isdecimal, held)) and len(held) >= NEARLY_ALL * len(others))


def _two_numbers(text: str) -> int:
    """Where the second of two whole numbers begins that a cell of labels holds, with a blank between; 0 where it holds
    something else."""
    pair = _TWO_NUMBERS.fullmatch(text)
    return len(pair[1]) if pair else 0


def _perhaps_two(texts: Iterable[str], decimals: int) -> Iterator[str]:
    """Those texts of a column with so many decimals that have room for two figures; a column of nothing but zeros does
    not show how it prints others."""
    return filter(_PERHAPS_TWO.match, texts) if decimals else (text for text in texts if len(text) > 1)


def _two_figures(text: str, decimals: int) -> list[tuple[str, str]]:
    """The pairs of figures that a cell with room for two may hold."""
    half = text[: len(text) // 2].strip()
    if half and text.replace(" ", "") == half + half and read_figure(half).value == 0:
        return [(half, half)]
    pieces = text.split()
    if len(pieces) == 2 and all(FIGURE.fullmatch(piece) for piece in pieces):
        return [(pieces[0], pieces[1])]
    found = list(cuts(text, decimals)[:_MOST_WAYS])
    # Figures of one column may have more or fewer decimals than most; those of one cell rather have as many.
    return found if found or not decimals else cuts_alike(text)[:_MOST_WAYS]


def _with_dash(layout: TableLayout, row: int, column: int) -> tuple[str, str] | None:
    """The dash and the figure, or the two dashes, that a cell holds of a column which prints dashes for no amount."""
    text = "".join(layout.texts[row][column].split())
    printed = (texts[column].strip() for place, texts in enumerate(layout.texts) if place != row)
    dashes = Counter(dash for dash in printed if read_figure(dash).kind is FigureKind.DASH)
    if not dashes:
        return None
    dash = dashes.most_common(1)[0][0]
    for first, second in ((dash, text.removeprefix(dash)), (text.removesuffix(dash), dash)):
        rest = second if first is dash else first
        if len(rest) < len(text) and (rest == dash or FIGURE.fullmatch(rest)):
            if len(dash) > 1 or rest == dash or first is not dash or not layout.style(column).negatives > 1:
                return first, second
    return None


def _units(text: str) -> int:
    value = read_figure(text).value
    return to_units(value) if value is not None else 0


def _holds(coefficients: Mapping[int, int], half: Mapping[int, int]) -> bool:
    """Whether an equation across a row holds for these figures, but for the rounding of its last place."""
    residual = sum(coefficient * half.get(column, 0) for column, coefficient in coefficients.items())
    return abs(residual) <= to_units(_LAST_PLACE) * len(coefficients) // 2
