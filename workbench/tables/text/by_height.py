"""Rows of a body in text that was taken line by line: a wrapped cell stands around the middle of its row.

The line in the middle of a row, its anchor, holds the cells that are not wrapped; a cell of three lines has one above it
and one below it, a cell of two lines as well and none on it. Which lines between two anchors belong to which follows
from that: as many stand above an anchor as below it, but where a page break cuts a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from workbench.tables.text.header_words import Word
from workbench.tables.text.row_runs import begins_label

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
    counts, cost = _shares(lines, anchors, rests)
    if cost > _MOST_UNEVEN * wrapped:
        return None
    blocks = []
    begin = 0
    for anchor, below in zip(anchors, counts, strict=True):
        end = anchor + 1 + below
        blocks.append(Block(list(lines[begin:anchor]), lines[anchor], list(lines[anchor + 1 : end])))
        begin = end
    return blocks


def _shares(lines: Sequence[WordLine], anchors: Sequence[int], rests: Sequence[int]) -> tuple[list[int], float]:
    """How many lines below each anchor are of its row, and what it costs that they are: the cheapest way."""
    ways: dict[int, _Way] = {rests[0]: (0.0, None)}
    for number, anchor in enumerate(anchors):
        rest = rests[number + 1]
        last = number + 1 == len(anchors)
        costs = _costs_below(lines, anchor, rest)
        following: dict[int, _Way] = {}
        for above, (cost, counts) in ways.items():
            cut = _is_cut(lines, anchor - above, anchor + rest)
            for below in (rest,) if last else range(rest + 1):
                total = cost + costs[below] + abs(above - below) * (_CUT if cut else _UNEVEN)
                if total < following.get(rest - below, (_NEVER,))[0]:
                    following[rest - below] = total, (counts, below)
        ways = following
    cost, chain = min(ways.values(), key=itemgetter(0))
    shares: list[int] = []
    while chain is not None:
        chain, share = chain
        shares.append(share)
    return shares[::-1], cost


def _costs_below(lines: Sequence[WordLine], anchor: int, rest: int) -> list[float]:
    """What it costs that the first 0, 1, 2 … lines below an anchor are of its row."""
    costs = [0.0]
    for line in lines[anchor + 1 : anchor + 1 + rest]:
        costs.append(costs[-1] + (_BEGINS if all(begins_label(word, None) for word in line) else 0.0))
    return costs


def _is_cut(lines: Sequence[WordLine], first: int, last: int) -> bool:
    """Whether lines were left out between these: the head of a page."""
    numbers = [line[0].line for line in lines[max(first - 1, 0) : last + 2]]
    return numbers[-1] - numbers[0] > len(numbers) - 1
