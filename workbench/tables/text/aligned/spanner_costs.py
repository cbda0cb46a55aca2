"""What it costs that a spanner stands over a run of columns: how far it stands off their middle, and what their labels
say of standing under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from workbench.fiscal.codes import is_account_name
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.parting import Extent
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.aligned.totals_told import Totals
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.vocabulary import (
    LEVELS,
    TOTALS,
    column_kind,
    is_spanner,
    may_stand_under,
    stand_side_by_side,
)

_WIDEST = 40
"""Over how many columns a spanner stands at most: the classes of expenditure by economic nature are about 30."""
_OFF, _STRANGE, _BESIDE, _LONELY = 4.0, 0.5, 1.5, 0.6
"""For the whole width of a run that a spanner stands off its middle, each label that is not known to stand under it
where others are, and where it is known to stand beside it, a spanner over one column."""
_LEFT_OUT, _SURELY_LEFT_OUT = 0.6, 2.0
"""For each label beside a run that is known to stand under its spanner, and where it is the level of a code, or a
subtotal."""
_TWICE, _OVER_FIGURES, _UNLEVEL = 2.0, 1.0, 1.0
"""For each column right below a spanner that has the name of another there (or is a total as it is), each column of
figures below a label of names, each column right below a spanner whose label does not stand level with the others."""
_LEVEL = 0.5
"""In lines: labels whose middles are as near are level."""
_NAMES = re.compile(r"(?:科目|编码|代码|分类)$|^项目$")
"""Labels that stand above names and their codes only."""
_OF_NAMES = re.compile(r"^项目(?:[（(].*)?$|(?:科目|编码|代码|名称)$")
"""Labels of columns of names, with which a block of columns begins."""
_GRANT = re.compile(r"(?:财政)?拨款$")
"""A fund (一般公共预算) and the grant from it stand over the same labels."""
_OF_ACCOUNTS = re.compile(r"经济分类")
_ONLY_AMOUNTS, _ANY_AMOUNTS = re.compile(r"^(?:(?:19|20)\d\d年度?)?(?:预算|决算|执行)数$"), "支出"
"""Labels that say no more than that amounts stand below them, and one below which labels of amounts may stand."""
_SUBTOTAL = "小计"
"""What stands under a spanner wherever it stands."""
_MOSTLY = 0.8
_FEWEST_SET, _SET = 3, 0.8
"""So many columns of figures, and that share of them, that begin where their labels do show that labels are set to the
left and not centred."""


def sides_of(columns: Sequence[Column], index: int) -> Extent:
    """The sides of the cells of a column: they hold what it prints, and its own label stands in their middle."""
    column, leaf = columns[index], columns[index].leaf
    if leaf is None:
        return column.x0, column.x1
    half = max(column.x1 - leaf.middle, leaf.middle - column.x0, leaf.middle - leaf.x0)
    left = max((before.x1 for before in columns[:index][-1:]), default=column.x0)
    right = min((after.x0 for after in columns[index + 1 :][:1]), default=column.x1)
    return min(max(leaf.middle - half, left), column.x0), max(min(leaf.middle + half, right), column.x1)


@dataclass(frozen=True, slots=True)
class _Child:
    """What the label of a column says of standing under a spanner."""

    strange: float
    """What it costs that it is not known to stand under it, where any are."""
    left_out: float
    """What it costs that it stands beside the spanner and not under it."""
    figures: bool
    """Whether figures stand below it, though the spanner is a label of names."""
    name: str
    """What it says, if no lower spanner stands over it; totals all say the same."""
    height: float
    """How high it stands."""
    top: int = 0
    """The line that it begins on: where lines of cells came together those that begin level are level."""
    is_name: bool = False
    """Whether names stand below it."""
    is_subtotal: bool = False
    """Whether it is what stands under a spanner wherever it stands, and only an uppermost one is left for it."""


_NO_CHILD = _Child(0.0, 0.0, False, "", 0.0)


@dataclass(frozen=True, slots=True)
class SpannerCosts:
    """What it costs that one spanner stands over each run of columns."""

    label: HeaderLabel
    columns: Sequence[Column]
    sides: Sequence[Extent]
    """Those of the cells of each column."""
    to_the_left: bool
    """Whether labels are set to the left."""
    is_last: bool
    """Whether no other spanner of the level stands behind it."""
    children: Sequence[_Child]
    """What the label of each column says."""
    out: Sequence[float]
    """What it costs to leave out the first 0, 1, 2 … columns."""
    totals: Totals

    @classmethod
    def of(
        cls,
        label: HeaderLabel,
        columns: Sequence[Column],
        sides: Sequence[Extent],
        covered: Set[int],
        totals: Totals,
        *,
        to_the_left: bool,
        is_last: bool,
        is_uppermost: bool,
    ) -> SpannerCosts:
        """The costs for a spanner, lower ones standing over the columns `covered`; what an uppermost one leaves out
        stands under none."""
        low = _hanging(label, columns, covered) if is_uppermost else set()
        children = [_child(label, column, at in covered, at in low, is_uppermost) for at, column in enumerate(columns)]
        out = [0.0, *accumulate(child.left_out for child in children)]
        return cls(label, columns, sides, to_the_left, is_last, children, out, totals)

    def left_out(self, start: int, end: int) -> float:
        """What it costs to leave columns beside the spanner out of it whose labels are known to stand below it."""
        return self.out[end] - self.out[start]

    def runs_from(self, start: int) -> Iterator[tuple[int, float]]:
        """The ends of runs of columns that begin at one, and what it costs that the spanner stands over such a run and
        not over the columns behind it."""
        strange = twice = 0.0
        names: set[str] = set()
        block = width = 0  # how many columns the first block of a name and its figures has, and the last one
        heights: Counter[float] = Counter()
        tops: Counter[int] = Counter()
        for end in range(start + 1, min(start + _WIDEST, len(self.columns)) + 1):
            child = self.children[end - 1]
            strange += child.strange + _OVER_FIGURES * child.figures
            width += bool(child.name)
            if child.name:
                if child.is_name and child.name == self.children[start].name and names:
                    # the same columns again, beside each other to save room
                    block, width, names = block or width - 1, 1, set()
                elif child.is_name and child.name not in names:
                    twice += _TWICE * (bool(names) and not self.children[start].is_name)
                    names = set(filter(_OF_NAMES.search, names))
                twice += _TWICE * (child.name in names)
                names.add(child.name)
                heights[child.height] += 1
                tops[child.top] += 1
            unlevel = _UNLEVEL * (heights.total() - max(_most_level(heights), *tops.values(), 0))
            lonely = _LONELY if end - start == 1 else 0.0
            behind = len(self.columns) if self.is_last else min(end + 1, len(self.columns))
            cut = _TWICE * (bool(block) and width != block) + _TWICE * self._parted(start, end)
            yield end, self._off(start, end) + strange + lonely + twice + cut + unlevel + self.left_out(end, behind)

    def _parted(self, start: int, end: int) -> int:
        """How many totals stand in a run without what they add up, and how many subtotals beside one with that."""
        return sum(
            any(start <= parts[0] and parts[-1] < end for parts in ways) != (start <= total < end)
            for total, ways in self.totals.items()
            if start <= total < end or self.children[total].is_subtotal
        )

    def _off(self, start: int, end: int) -> float:
        """What it costs how far the spanner stands from the middle of the run, or from its left side where all labels
        are set to it."""
        x0, x1 = self.sides[start][0], self.sides[end - 1][1]
        leaf = self.columns[start].leaf
        shift = abs((x0 + x1) / 2 - self.label.middle)
        if self.to_the_left and leaf is not None:
            shift = abs(leaf.x0 - self.label.x0)
        return _OFF * shift / max(x1 - x0, 1.0)


def _most_level(heights: Counter[float]) -> int:
    """How many of the labels that stand at these heights stand level with each other."""
    near = [sum(count for other, count in heights.items() if abs(other - height) <= _LEVEL) for height in heights]
    return max(near, default=0)


def are_set_to_the_left(columns: Sequence[Column]) -> bool:
    """Whether labels begin where all figures below them do, wherever these end."""
    figures = [
        (column.leaf, column.cells)
        for column in columns
        if column.leaf is not None and column.cells and column_kind(column.leaf.text) == "figure"
    ]
    begin = [all(abs(leaf.x0 - cell.x0) <= _LEVEL for cell in cells) for leaf, cells in figures]
    ragged = [max(cell.x1 for cell in cells) - min(cell.x1 for cell in cells) > _LEVEL for _, cells in figures]
    return len(begin) >= _FEWEST_SET and sum(begin) >= _SET * len(begin) and any(ragged)


def _hanging(label: HeaderLabel, columns: Sequence[Column], covered: Set[int]) -> Set[int]:
    """The columns whose labels stand lower than the middle of the header, of which several others show where it is: a
    label stands in the middle of its cell, so that those hang under a spanner. `label` is an uppermost one."""
    leaves = {at: leaf for at, column in enumerate(columns) if (leaf := column.leaf) is not None and at not in covered}
    middle = (label.top + max((leaf.bottom for leaf in leaves.values()), default=label.top)) / 2
    heights = {at: (leaf.top + leaf.bottom) / 2 - middle for at, leaf in leaves.items()}
    shown = sum(abs(height) < _LEVEL / 2 for height in heights.values())
    return {at for at, height in heights.items() if height >= _LEVEL} if shown >= _FEWEST_SET else set()


def _child(label: HeaderLabel, column: Column, covered: bool, low: bool, uppermost: bool) -> _Child:
    leaf = column.leaf
    if leaf is None:
        return _NO_CHILD
    fits = may_stand_under(leaf.text, _ANY_AMOUNTS if _ONLY_AMOUNTS.search(label.text) else label.text)
    of_class = _names_class_of(leaf.text, label.text)
    fits = (
        fits or any(may_stand_under(leaf.text, name) for name in (label.text, _GRANT.sub("", label.text))) or of_class
    )
    subtotal = leaf.text == _SUBTOTAL and not covered and uppermost
    fits = fits or (subtotal and not _NAMES.search(label.text))
    figures = bool(_NAMES.search(label.text)) and column_kind(leaf.text) == "figure" and not of_class
    name = "" if covered else TOTALS[0] if leaf.text in TOTALS else leaf.text
    left_out = (_SURELY_LEFT_OUT if leaf.text in LEVELS or subtotal else _LEFT_OUT) * (
        (fits or low) and leaf.top > label.bottom
    )
    height = (leaf.top + leaf.bottom) / 2
    strange = _BESIDE if stand_side_by_side(label.text, leaf.text) else _STRANGE if is_spanner(label.text) else 0.0
    names = bool(_OF_NAMES.search(leaf.text)) or _holds_names(column)
    return _Child(0.0 if fits else strange, left_out, figures, name, height, leaf.top, names, subtotal)


def _names_class_of(text: str, spanner: str) -> bool:
    """Whether a label is the name of an account, and what it stands under speaks of how these are divided."""
    return bool(_OF_ACCOUNTS.search(spanner)) and is_account_name(text)


def _holds_names(column: Column) -> bool:
    """Whether a column prints texts, but for a few cells."""
    texts = sum(not is_figure_word(cell.text) for cell in column.cells)
    return texts > _MOSTLY * len(column.cells)
