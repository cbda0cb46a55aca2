"""Which columns of parts suit which labels, where sums leave that open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from workbench.model.amount import match_key
from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.columns.sums import Amount
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.running.likely_columns import LikelyColumns, Nature, natures_of
from workbench.tables.text.running.promised_sums import RowToPlace
from workbench.tables.text.vocabulary import is_usually_blank

_TOLD = 2
"""What the text says of an amount counts for so many columns that are usually blank."""


@dataclass(frozen=True, slots=True)
class ColumnCosts:
    """What speaks against columns of amounts standing below labels: the text of the document, what columns usually
    hold, what rows are spent on, and where amounts and labels are printed."""

    paths: Sequence[Sequence[str]]
    natures: Sequence[Nature]
    likely: LikelyColumns
    blank: frozenset[int]
    told: frozenset[tuple[int, int]]
    """The columns whose label the text prints right before an amount: 其他收入6.20万元."""
    left: dict[tuple[int, int], int]
    """How often an amount is printed right before another."""
    first: dict[tuple[int, int], int]
    """Where two amounts are printed first, one right behind the other; an amount alone: before nothing."""
    labels: dict[int, str]
    """The label of a column that is printed last before an amount, by the number of the amount."""

    @classmethod
    def of(
        cls,
        rows: Sequence[RowToPlace],
        paths: Sequence[Sequence[str]],
        pieces: Sequence[Piece],
        amounts: Sequence[Amount],
        heads: Sequence[Text],
        said: str,
    ) -> ColumnCosts:
        """What speaks against columns of a section with these rows, labels and amounts."""
        first: dict[tuple[int, int], int] = {}
        left: dict[tuple[int, int], int] = defaultdict(int)
        for number, (one, other) in enumerate(pairwise([*amounts, Amount(0, 0)])):
            first.setdefault((one.value, other.value), number)
            first.setdefault((one.value, 0), number)
            left[one.value, other.value] += 1
        texts = [match_key(piece.text).replace(",", "") for piece in pieces]
        told = frozenset(
            (column, amount.value)
            for column, path in enumerate(paths)
            for number in _behind(path[-1] if len(path) == 1 else path[0], said)
            for amount, text in zip(amounts, texts, strict=True)
            if number.startswith(text)
        )
        leaves = {path[-1] for path in paths}
        printed = sorted(
            (label[-1].page.number, label[-1].end, key_of(label)) for label in heads if key_of(label) in leaves
        )
        places = [place[:2] for place in printed]
        before = {
            number: printed[index - 1][2]
            for number, piece in enumerate(pieces)
            if (index := bisect_right(places, (piece.page.number, piece.start))) > 0
            and printed[index - 1][0] == piece.page.number
        }
        return cls(
            paths,
            natures_of(rows),
            LikelyColumns.of(paths),
            frozenset(column for column, path in enumerate(paths) if any(map(is_usually_blank, path))),
            told,
            left,
            first,
            before,
        )

    def __call__(self, places: Sequence[int], used: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """The reasons against these columns holding these amounts, the strongest first."""
        untold = sum(
            not any((place, value) in self.told for value in own) for place, own in zip(places, used, strict=True)
        )
        strange = 0
        for row, nature in enumerate(self.natures):
            columns = frozenset(place for place, own in zip(places, used, strict=True) if own[row])
            strange += self.likely.strangeness(nature, columns) if columns else 0
        starts = [self._start(own) for own in used]
        before = sum(
            self.labels.get(start) != self.paths[place][-1] for place, start in zip(places, starts, strict=True)
        )
        order = sum(
            (starts[one] > starts[other]) == (places[one] < places[other])
            for one, other in combinations(range(len(places)), 2)
        )
        beside = sum(
            self.left.get((left, right), 0)
            for one, own in zip(places, used, strict=True)
            for other, others in zip(places, used, strict=True)
            if one > other
            for left, right in zip(own, others, strict=True)
            if left and right and left != right
        )
        return untold, len(self.blank.intersection(places)), strange, beside + order + before

    def _start(self, values: Sequence[int]) -> int:
        """Where a column begins in the text."""
        amounts = [value for value in values if value]
        if len(amounts) > 1 and (amounts[0], amounts[1]) in self.first:
            return self.first[amounts[0], amounts[1]]
        return self.first.get((amounts[0], 0), 0) if amounts else 0


def _behind(label: str, said: str) -> set[str]:
    """The numbers that a text prints right behind a label."""
    return set(re.findall(re.escape(label) + r"([-\d.]+)", said))
