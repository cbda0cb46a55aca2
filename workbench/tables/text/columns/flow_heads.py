"""The header of columns whose labels stand above their figures in the same flow.

What stands right above figures is their label; what stands above that spans columns beside them, as far as sums bear it
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product
from typing import NamedTuple

from workbench.tables.text.header.rows import Header, HeaderText, Label
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.header_evidence import Witnesses
from workbench.tables.text.vocabulary import column_kind, is_spanner, may_stand_under

_AGAINST = 0.7
_FEWEST_SPANNED, _REACH = 2, 4
"""So many columns at least are spanned, and so many left of that in whose flow a label stands at the most."""
_MOST_WAYS, _MOST_HEADERS, _MOST_LABELS = 1500, 60, 24


class FlowLabel(NamedTuple):
    """A label, and the number of the flow that it stands in."""

    flow: int
    label: Label


class _Span(NamedTuple):
    """A label over neighbouring columns, the first and the one behind the last."""

    label: Label
    first: int
    end: int


def flow_header(labels: Sequence[FlowLabel], flows: Sequence[int], stub: int, witnesses: Witnesses) -> Header | None:
    """The header over so many columns of names and codes and then one of figures for each flow in `flows`; None where
    labels leave it open or sums are against it."""
    if len(labels) > _MOST_LABELS:
        return None
    headers = [_header(*way) for way in islice(_ways(labels, flows, stub), _MOST_WAYS)]
    headers = [header for header in headers if not is_strange(header.text)]
    best: tuple[float, Header] | None = None
    for header in headers[:_MOST_HEADERS]:
        against = witnesses.against(header.text)
        if against >= _AGAINST:
            continue
        borne = witnesses.borne_out(header.text)
        if len(header.rows) > 1 and not borne:
            # what spans which columns sums alone tell
            continue
        cost = against - borne
        if best is None or cost < best[0]:
            best = cost, header
    return best[1] if best else None


def _ways(
    labels: Sequence[FlowLabel], flows: Sequence[int], stub: int
) -> Iterator[tuple[list[Label], list[_Span], list[Label]]]:
    """The ways to give columns their labels: those of figures, those that span several, those of names and codes."""
    names = [label.label for label in labels if column_kind(key_of(label.label)) == "text" and label.flow not in flows]
    others = [label for label in labels if label.label not in names]
    leaves: list[Label | None] = [None] * len(flows)
    above: list[tuple[int, Label]] = []
    for flow in dict.fromkeys(flows):
        columns = [column for column, own in enumerate(flows) if own == flow]
        own = [label.label for label in others if label.flow == flow]
        for column, label in zip(reversed(columns), reversed(own), strict=False):
            leaves[column] = label
        above.extend((columns[0], label) for label in own[: max(len(own) - len(columns), 0)])
    for item in others:
        if item.flow not in flows:
            above.append((next((column for column, flow in enumerate(flows) if flow > item.flow), 0), item.label))
    open_columns = [column for column, label in enumerate(leaves) if label is None]
    if len(names) != stub or len(open_columns) > len(above):
        return
    for given in _given(open_columns, above):
        whole = [label if label is not None else given[column][1] for column, label in enumerate(leaves)]
        left = [item for item in above if item not in given.values()]
        options = [[*_spans(label, column, whole)] for column, label in left]
        for spans in product(*options):
            if _nested(spans):
                yield whole, list(spans), names


def _given(columns: Sequence[int], above: Sequence[tuple[int, Label]]) -> Iterator[dict[int, tuple[int, Label]]]:
    """The ways to give columns without a label one of those that stand in flows near them, in their order."""
    if not columns:
        yield {}
        return
    first, *rest = columns
    for index, item in enumerate(above):
        for others in _given(rest, above[index + 1 :]):
            yield {first: item, **others}


def _spans(label: Label, column: int, leaves: Sequence[Label]) -> Iterator[_Span]:
    """The columns that a label may span, of which one is that in whose flow it stands, or the next."""
    key = key_of(label)
    if not is_spanner(key):
        return
    for first in range(max(column - _REACH, 0), column + 1):
        for end in range(max(column + 1, first + _FEWEST_SPANNED), min(len(leaves), first + 2 * _REACH) + 1):
            yield _Span(label, first, end)


def _nested(spans: Sequence[_Span]) -> bool:
    """Whether each of two spans lies beside the other or within it, without being as wide."""
    for number, one in enumerate(spans):
        for other in spans[number + 1 :]:
            apart = one.end <= other.first or other.end <= one.first
            inside = one.first <= other.first and other.end <= one.end
            within = other.first <= one.first and one.end <= other.end
            if not apart and not (inside or within):
                return False
            if inside and within:
                return False
    return True


def _header(leaves: Sequence[Label], spans: Sequence[_Span], names: Sequence[Label]) -> Header:
    paths: list[list[Label]] = [[name] for name in names]
    for column, leaf in enumerate(leaves):
        over = sorted(
            (span for span in spans if span.first <= column < span.end), key=lambda span: span.first - span.end
        )
        paths.append([*(span.label for span in over), leaf])
    depth = max(map(len, paths))
    columns = [[*path, *[()] * (depth - len(path))] for path in paths]
    rows = tuple(zip(*columns, strict=True))
    return Header(rows, HeaderText(tuple(tuple(map(key_of, row)) for row in rows)))


def is_strange(text: HeaderText) -> bool:
    """Whether a label stands below one that is not known to span it."""
    paths = ([key for key in column if key] for column in zip(*text.rows, strict=True))
    return any(not may_stand_under(lower, upper) for path in paths for upper, lower in pairwise(path))
