"""Rows of a body in text that was taken line by line: a wrapped cell stands around the middle of its row.

The line in the middle of a row, its anchor, holds the cells that are not wrapped; a cell of three lines has one above
it and one below it, a cell of two lines as well and none on it. Which lines between two anchors belong to which follows
from that: as many stand above an anchor as below it, but where a page break cuts a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from workbench.tables.text.header.words import Word
from workbench.tables.text.running.row_runs import begins_label

WordLine = list[Word]
_Chain: TypeAlias = "tuple[_Chain, int] | None"
_Way = tuple[float, _Chain]
"""What it costs to share lines out so far, and the shares as a chain from the last to the first."""

_MOST_RESTS = 12
"""So many lines between two anchors are no wrapped cells."""
_UNEVEN = 1.0
_CUT = 0.3
_BEGINS = 2.0
"""What a line more above an anchor than below costs, what it costs at a page break, what a label that begins below its
anchor costs."""
_MOST_UNEVEN = 0.2
"""What a wrapped row may cost on average."""
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one row."""

    above: list[WordLine]
    anchor: WordLine
    below: list[WordLine]


def blocks_of(lines: Sequence[WordLine], is_anchor: Callable[[WordLine], bool]) -> list[Block] | None:
    """The rows that lines make up, None where wrapped cells do not stand around their anchors, or none is wrapped."""
    anchors = [index for index, line in enumerate(lines) if is_anchor(line)]
    rests = [end - start - 1 for start, end in zip([-1, *anchors], [*anchors, len(lines)], strict=True)]
    wrapped = sum(count > 0 for count in rests)
    if not anchors or not wrapped or max(rests) > _MOST_RESTS:
        return None

    def cost_of(number: int, above: int, below: int) -> float:
        anchor = anchors[number]
        begun = sum(_begins(line) for line in lines[anchor + 1 : anchor + 1 + below])
        cut = above != below and _is_cut(lines, anchor - above, anchor + rests[number + 1])
        return _BEGINS * begun + abs(above - below) * (_CUT if cut else _UNEVEN)

    counts, cost = shares(rests, cost_of)
    if cost > _MOST_UNEVEN * wrapped:
        return None
    blocks = []
    begin = 0
    for anchor, below in zip(anchors, counts, strict=True):
        end = anchor + 1 + below
        blocks.append(Block(list(lines[begin:anchor]), lines[anchor], list(lines[anchor + 1 : end])))
        begin = end
    return blocks


def shares(rests: Sequence[int], cost_of: Callable[[int, int, int], float]) -> tuple[list[int], float]:
    """How many lines below each anchor are of its row, and what it costs that they are: the cheapest way. `rests`
    counts the lines before the first anchor, between each and the next, behind the last; `cost_of` weighs that so many
    lines above an anchor, and so many below it, are of its row."""
    ways: dict[int, _Way] = {rests[0]: (0.0, None)}
    for number, rest in enumerate(rests[1:]):
        following: dict[int, _Way] = {}
        for above, (cost, counts) in ways.items():
            for below in (rest,) if number + 2 == len(rests) else range(rest + 1):
                total = cost + cost_of(number, above, below)
                if total < following.get(rest - below, (_NEVER,))[0]:
                    following[rest - below] = total, (counts, below)
        ways = following
    cost, chain = min(ways.values(), key=itemgetter(0))
    found: list[int] = []
    while chain is not None:
        chain, share = chain
        found.append(share)
    return found[::-1], cost


def _begins(line: WordLine) -> bool:
    return all(begins_label(word, None) for word in line)


def _is_cut(lines: Sequence[WordLine], first: int, last: int) -> bool:
    """Whether lines were left out between these: the head of a page."""
    numbers = [line[0].line for line in lines[max(first - 1, 0) : last + 2]]
    return numbers[-1] - numbers[0] > len(numbers) - 1
