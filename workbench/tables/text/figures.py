"""Figures as words of running text: which words are figures, and wrapped figures joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece

_FIGURE = re.compile(r"^[-+−－(（△▲]?[¥￥]?(?:[\d,，]*\d|\d[\d,，]*)?[.．]?\d*[%％]?[)）]?$")
_BEGUN = re.compile(r"^[-+(△▲]?(?:\d{1,3}(?:,\d{0,3})*|\d+)(?:\.\d*)?[%)]?$")
"""A figure, or the beginning of one."""
_DASH = re.compile(r"^(?:-|--|—|——|―|⸺|⸻|–|/)$")


@lru_cache(maxsize=16384)
def is_figure_word(text: str) -> bool:
    """Whether a word is a figure, a piece of one, or a dash."""
    return bool(_DASH.match(text)) or (any(c.isdigit() for c in text) and bool(_FIGURE.match(text)))


@lru_cache(maxsize=16384)
def _is_begun(text: str) -> bool:
    return bool(_BEGUN.match(text))


@dataclass(frozen=True, slots=True)
class FigureJoiner:
    """Joins figures that were wrapped: `7502` / `.08`, `100.` / `00`, `30.0` / `0`.

    A figure is wrapped where it fills its column: a piece that is followed by another is as long as the longest word,
    or the figure obviously goes on (a point at its end, or at the start of the next).
    """

    decimals: int
    longest: int

    @classmethod
    def of(cls, words: Sequence[Word]) -> FigureJoiner:
        """The joiner that fits the figures of one table: of how many decimals most of them seem to be."""
        texts = [word.text for word in words if is_figure_word(word.text)]
        decimals: Counter[int] = Counter()
        tenths: list[tuple[str, str]] = []
        for text, following in pairwise([*texts, ""]):
            whole, point, fraction = text.rstrip("%)").partition(".")
            if point and (whole == "" or len(fraction) >= 2):
                decimals[len(fraction)] += 1
            elif point and fraction == "" and following.isdigit():
                decimals[len(following)] += 1
            elif point and len(fraction) == 1:
                tenths.append((fraction, following))
        # what is left of many wrapped figures is all digits: nothing but 0 behind tenths is the figure of a blank cell
        wrapped = [digit for _, digit in tenths if len(digit) == 1]
        blank = set(wrapped) == {"0"} and any(fraction != "0" for fraction, digit in tenths if len(digit) == 1)
        for _, following in tenths:
            decimals[2 if len(following) == 1 and not blank else 1] += 1
        common = max(decimals, key=lambda count: (decimals[count], count)) if decimals else 2
        return cls(common, max((len(text) for text in texts), default=0))

    def wraps(self, left: Word, right: Word) -> bool:
        """Whether a figure that stops short of its decimals goes on in the word below it."""
        fraction = left.text.partition(".")[2]
        return (
            right.line > left.line
            and right.text.isdigit()
            and (
                (left.text.endswith(".") and len(right.text) == self.decimals)
                or (bool(fraction) and fraction.isdigit() and len(fraction) + len(right.text) == self.decimals)
            )
        )

    def join(self, words: Sequence[Word]) -> list[tuple[Piece, ...]]:
        """The figures that these words make up, in order."""
        figures, _ = self._joined(words)
        return [tuple(word.piece for word in figure) for figure in figures]

    def counts(self, words: Sequence[Word], most: int) -> list[int]:
        """How many figures the first 1, 2, 3 … of these words make up, as long as it is not more than `most`."""
        return self._joined(words, most)[1]

    def _joined(self, words: Sequence[Word], most: int | None = None) -> tuple[list[list[Word]], list[int]]:
        counts: list[int] = []
        figures: list[list[Word]] = []
        previous: list[int] = []
        line = -1
        current: list[int] = []
        for word in words:
            if word.line != line:
                previous, current, line = current, [], word.line
            target = next((index for index in previous if self._goes_on(figures[index], word, len(previous))), None)
            if target is not None:
                figures[target].append(word)
                previous = previous[previous.index(target) + 1 :]
                current.append(target)
            elif len(figures) == most:
                break
            else:
                figures.append([word])
                current.append(len(figures) - 1)
            counts.append(len(figures))
        return figures, counts

    def _goes_on(self, pieces: Sequence[Word], word: Word, beside: int) -> bool:
        text = pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)
        joined = text + word.text
        if not _is_begun(joined):
            return False
        if word.text.startswith(".") or text.endswith((".", ",")) or (word.text.startswith(",") and "." not in text):
            return True
        if "," in text and "." not in text and len(text.rpartition(",")[2]) < 3:
            return True
        whole = text.rpartition(".")[2] if "." in text else None
        if whole is not None:
            after = joined.rpartition(".")[2].rstrip("%)")
            return len(whole) < self.decimals and len(after) <= self.decimals and "." not in word.text
        full = len(pieces[-1].text) >= self.longest and "." in joined and beside == 1
        # The rest of a figure stands below it with no empty line between.
        return full and (len(word.text) < self.longest or (not word.gap and self.decimals > 0))
