"""What makes a way to arrange the labels of a header unlikely, whatever hangs below what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.vocabulary import TOTALS, column_kind, is_spanner, may_stand_under

BLANK = -1
"""The number that stands where a header has no label."""
_DEEP = 0.5
"""What each row beyond two costs."""
_CODES = re.compile(r"^[类款项目]$|编码$|代码$")
_ACCOUNT_CODES = re.compile(r"(?:科目|分类)(?:编码|代码)$")
_LEVELS = ("款", "项")
_APART = 2.0
"""What it costs that levels of one code (类 款 项) stand beside each other below different labels."""
_ONE_SIDED = 2.0
"""What it costs that a side of a statement of two has no names of its rows."""
_AMID = 1.0
"""What it costs that a total stands amid what it adds up."""


def deep(depth: int) -> float:
    """What the rows of a header beyond two cost."""
    return _DEEP * max(depth - 2, 0)


def miscount(columns: int, counts: Sequence[int]) -> float:
    """How unlike it is that a header has so many columns where the likely numbers are known, the likeliest first."""
    if not counts:
        return 0.0
    if columns in counts:
        return 0.25 * list(counts).index(columns)
    return 6.0 * min(abs(columns - count) for count in counts)


def repeated(texts: Sequence[str]) -> int:
    """How many labels are there twice, but where a whole block of columns is: 科目编码 科目名称 金额, and again; the
    second block of one with lines that are counted (行次) may have fewer columns."""
    different = len(set(texts))
    if different > 1 and list(texts) == list(texts[:different]) * (len(texts) // different):
        return 0
    if texts[0] == "项目" and "行次" in texts:
        starts = [index for index, text in enumerate(texts) if text == texts[0]]
        blocks = [texts[start:end] for start, end in pairwise([*starts, len(texts)])]
        if len(blocks) > 1 and all(len(set(block)) == len(block) for block in blocks):
            return 0
    return len(texts) - different


def beside_children(texts: Sequence[str]) -> float:
    """What it costs that spanners stand in the lowest row beside what may stand below them: not behind the names of
    the rows of another side, if they are of figures."""
    return sum(
        1.5
        for index, text in enumerate(texts)
        if is_spanner(text) and sum(may_stand_under(other, text) for other in set(_beside(texts, index))) >= 2
    )


def _beside(texts: Sequence[str], index: int) -> Sequence[str]:
    """The labels right of one, up to the names of rows of the next side where it stands above figures."""
    if column_kind(texts[index]) != "figure":
        return texts[index + 1 :]
    return list(takewhile(lambda text: text != texts[0] or column_kind(text) != "text", texts[index + 1 :]))


def uneven(rows: Sequence[Sequence[int]], lines: Sequence[int]) -> int:
    """How many lines print both spanners and labels that run down over all rows, where the uppermost row is printed on
    more than one line: what runs down is centred, so a spanner stands higher."""
    if len(rows) < 2 or not lines or len({lines[number] for number in rows[0]}) < 2:
        return 0
    spanners = {upper for upper, lower in zip(rows[0], rows[1], strict=True) if lower != BLANK}
    running = {lines[number] for number in rows[0] if number not in spanners}
    return len(running & {lines[number] for number in spanners})


def upside_down(rows: Sequence[Sequence[int]], lines: Sequence[int]) -> bool:
    """Whether a label of the lowest row, which stands below others, is printed above one that does not."""
    if len(rows) < 2 or not lines:
        return False
    lowest = {number for number in rows[-1] if number != BLANK}
    others = {number for row in rows[:-1] for number in row if number != BLANK}
    return min(lines[number] for number in lowest) < max(lines[number] for number in others)


def disorder(header: HeaderText) -> float:
    """How unlike it is that codes stand right of figures (they begin a row, or the second half of a table of two), that
    a column of codes stands beside their levels, and that these stand apart."""
    cost, figures = 0.0, False
    seen: set[str] = set()
    for leaf in header.leaves:
        if figures and leaf not in seen and _CODES.search(leaf):
            cost += 1.0
        figures = figures or column_kind(leaf) == "figure"
        seen.add(leaf)
    beside = not seen.isdisjoint(_LEVELS) and any(map(_ACCOUNT_CODES.search, seen))
    amid = sum(_totals_amid(upper, row) for upper, row in pairwise(header.rows))
    cost = min(cost, 3.0) + (1.0 if beside else 0.0)
    return cost + _APART * _levels_apart(header) + _AMID * amid + _ONE_SIDED * _is_one_sided(header)


def _totals_amid(upper: Sequence[str], row: Sequence[str]) -> int:
    """How many totals stand below a label behind columns of figures and before others."""
    return sum(
        row[index] in TOTALS
        and upper[index - 1] == upper[index] == upper[index + 1]
        and column_kind(row[index - 1]) == "figure"
        for index in range(1, len(row) - 1)
    )


def _is_one_sided(header: HeaderText) -> bool:
    """Whether one upper label has the names of both sides below it, and the one beside it has figures alone."""
    if len(header.rows) < 2:
        return False
    below: dict[str, list[str]] = {}
    for upper, leaf in zip(header.rows[0], header.leaves, strict=True):
        below.setdefault(upper, []).append(leaf)
    names = {upper: [leaf for leaf in leaves if column_kind(leaf) == "text"] for upper, leaves in below.items()}
    twice = any(len(set(own)) < len(own) for own in names.values())
    return twice and any(len(leaves) > 1 and not names[upper] for upper, leaves in below.items())


def _levels_apart(header: HeaderText) -> int:
    """How many levels of a code stand below another label than the level left of them."""
    if len(header.rows) < 2:
        return 0
    columns = list(zip(header.rows[-2], header.rows[-1], strict=True))
    return sum(
        level in _LEVELS and beside in ("类", *_LEVELS) and upper != other
        for (other, beside), (upper, level) in pairwise(columns)
    )
