"""The names of rows that blocks print below each other, each with its code, and the labels that stand above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.fiscal.codes import is_account_name
from workbench.model.display_width import display_width
from workbench.tables.text.columns.flows import CODES, FIGURES, NAMES, Flow, Words
from workbench.tables.text.header.rows import Label
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import TOTALS, is_known

_MOST_LABELS = 12
"""So many lines of labels at the most stand right above the names of rows."""
_FULL = 2
"""A line that is wrapped is at most so much shorter than the longest."""


class Stub(NamedTuple):
    """A line of names, with the codes that stand before it."""

    codes: Label
    name: Label


class LabelLine(NamedTuple):
    """A line of labels, and the number of the flow that it stands in."""

    flow: int
    words: Words


def names_of(flows: Sequence[tuple[int, Flow]], height: int) -> Iterator[tuple[list[Stub], list[LabelLine]]]:
    """The ways to take so many names from the lines of flows, with the lines left, which are labels: just as many,
    one less and the name of the total from elsewhere, or more of which some are wrapped."""
    ways = list(_stretches(flows, height))
    for names, left in ways:
        if len(names) == height:
            yield names, left
    for names, left in ways:
        if len(names) == height - 1:
            yield from _with_total(names, left)
    for names, left in ways:
        joined = _joined(names, height) if len(names) > height else None
        if joined is not None:
            yield joined, left


def _stretches(flows: Sequence[tuple[int, Flow]], height: int) -> Iterator[tuple[list[Stub], list[LabelLine]]]:
    """The stretches of lines that may be names, and the lines beside them: names go on to the end of a flow, and
    what stands above the first is known as a label."""
    own = [(number, _stubs(flow)) for number, flow in flows if flow.has(NAMES)]
    for first, (_, lines) in enumerate(own):
        for head in range(min(len(lines), _MOST_LABELS)):
            if head and (lines[head - 1].codes or not _may_be_label(lines[head - 1].name)):
                break
            names = lines[head:]
            for last in range(first, len(own)):
                names = [*names, *own[last][1]] if last > first else names
                if len(names) > 2 * height:
                    break
                others = [*_labels_above(own[:first]), (own[first][0], lines[:head]), *own[last + 1 :]]
                left = [LabelLine(number, [*stub.codes, *stub.name]) for number, rest in others for stub in rest]
                yield names, left


def is_mixed(flow: Flow) -> bool:
    """Whether names follow figures: rows."""
    kinds = [run.kind for run in flow.runs]
    return FIGURES in kinds and NAMES in kinds[kinds.index(FIGURES) :]


def _stubs(flow: Flow) -> list[Stub]:
    """The lines of names of a flow, each with the codes before it."""
    found: list[Stub] = []
    codes: Words = []
    rows = is_mixed(flow)
    for run in flow.runs:
        if run.kind == CODES:
            codes = run.words
        elif run.kind == NAMES and rows and found:
            found.append(Stub(tuple(codes), tuple(word for line in run.lines for word in line)))
            codes = []
        elif run.kind == NAMES:
            found.extend(Stub((), tuple(line)) for line in run.lines)
            found[-len(run.lines)] = Stub(tuple(codes), found[-len(run.lines)].name)
            codes = []
    return found


def _labels_above(flows: Sequence[tuple[int, list[Stub]]]) -> list[tuple[int, list[Stub]]]:
    """The flows right above names of which most lines are known as labels."""
    start = len(flows)
    while start and sum(_may_be_label(stub.name) for stub in flows[start - 1][1]) * 2 >= len(flows[start - 1][1]):
        start -= 1
    return list(flows[start:])


def _with_total(names: Sequence[Stub], left: Sequence[LabelLine]) -> Iterator[tuple[list[Stub], list[LabelLine]]]:
    """Names with that of the total, which stands among the other lines, before or behind them."""
    if any(key_of(stub.name) in TOTALS for stub in names):
        return
    for index, line in enumerate(left):
        if key_of(line.words) in TOTALS:
            rest = [*left[:index], *left[index + 1 :]]
            total = Stub((), tuple(line.words))
            yield [*names, total], rest
            yield [total, *names], rest


def _joined(lines: Sequence[Stub], height: int) -> list[Stub] | None:
    """So many names from more lines: just the longest go on in the next, and none of what is joined is a name by
    itself."""
    widths = [sum(display_width(word.text) for word in line.name) for line in lines]
    full = {
        index for index in range(len(lines) - 1) if widths[index] >= max(widths) - _FULL and not lines[index + 1].codes
    }
    if len(full) != len(lines) - height:
        return None
    found: list[Stub] = []
    for index, line in enumerate(lines):
        if index - 1 not in full:
            found.append(line)
        elif _is_whole(found[-1].name) or _is_whole(line.name):
            return None
        else:
            found[-1] = Stub(found[-1].codes, found[-1].name + line.name)
    return found


def _is_whole(name: Sequence[Piece]) -> bool:
    key = key_of(name)
    return is_account_name(key) or is_known(key) or key.endswith(TOTALS)


def _may_be_label(line: Sequence[Piece]) -> bool:
    """Whether a line is known as a label, or several."""
    return all(is_known(word.text) for word in line) or is_known(key_of(line))
