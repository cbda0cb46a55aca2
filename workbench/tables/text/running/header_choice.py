"""Which header the labels of a head make, where lines of labels leave the order of its columns open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice

from workbench.model.amount import read_figure
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.hanging import HOPELESS
from workbench.tables.text.header.heights import Rows, are_lines_of_labels, moved_labels, rows_by_height, standing
from workbench.tables.text.header.interleaved import Order, interleaved, unusual_order
from workbench.tables.text.header.pairs import paired
from workbench.tables.text.header.rows import Header, Label, beside
from workbench.tables.text.header.tree import arrange, arrangements, judged
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.body_shape import BodyShape, shape_of
from workbench.tables.text.running.by_parts import headers_by_parts
from workbench.tables.text.running.header_evidence import Witnesses
from workbench.tables.text.running.labels_apart import lacking_columns, taken_apart
from workbench.tables.text.running.promised_sums import Equation, equations_of
from workbench.tables.text.running.proven_headers import Proven, is_row_label, proven_header
from workbench.tables.text.running.slots import Kind, slots_of
from workbench.tables.text.vocabulary import (
    LEVELS,
    column_kind,
    is_spanner,
    may_stand_under,
    spans_levels,
)

_ROUNDING = Decimal("0.05")
_LEAST_COLUMNS = 3
_DOUBTFUL = 1.0
"""From this cost on other ways to arrange labels are looked at."""
_AGAINST, _UNLIKELY, _UNUSUAL = 0.7, 2.2 - 1e-9, 1.0
"""From which on other orders of the labels are looked at: what the rows say against a header, what it costs itself, and
what the order of its labels costs."""
_NEVER = float("inf")
_MOST_LABELS = 900
"""So many labels are put in other orders for one head: of a wide one, which takes long to arrange,
fewer orders are tried."""
_FEWEST_LEVELS = 2
"""So many levels of codes at least show that they are levels."""
_LIKELY = 2.5
"""What the other ways to arrange the labels in their order cost at the most that are looked at."""
_MOVED = 0.3
"""What it costs that the labels of two lines stand between each other."""
_MOST_APART = 12
"""In so many ways labels are taken apart where columns lack."""
_CUTS = (1, 2)
"""So many labels are taken apart where rows speak against a header with a column for each figure."""
_SEVERAL = 2
"""So many sums must bear out a header whose labels were taken apart though no column lacks."""
_CLEARLY = 0.5
"""So much less must another way cost."""


def likeliest_header(
    labels: Sequence[Label], counts: Sequence[int], words: Sequence[Word], *, likely_only: bool
) -> Header:
    """The header that the labels of a head most likely make above a body of these words."""
    found = paired(labels)
    if found is not None:
        header = found.below(_likeliest(found.upper, (), None, (), likely_only=likely_only))
        if header is not None and header.cost < _DOUBTFUL and (not counts or header.width in counts):
            return header
    body = shape_of(words)
    header = _likeliest(labels, counts, body, words, likely_only=likely_only)
    lacking = lacking_columns(header.text, body.figures) if body.whole else None
    if lacking is None:
        return header
    witnesses = Witnesses.of(words)
    for cuts in (lacking,) if lacking else _CUTS:
        if not lacking and witnesses.against(header.text) < _AGAINST:
            break
        apart = (
            _likeliest(parts, counts, body, words, likely_only=True)
            for parts in islice(taken_apart(labels, cuts), _MOST_APART)
        )
        proven = (other for other in apart if lacking or witnesses.borne_out(other.text) >= _SEVERAL)
        header = min((header, *proven), key=lambda other: _worth(other, witnesses))
    return header


def _worth(header: Header, witnesses: Witnesses) -> float:
    """What a header and the order of its labels cost and what rows say against it, less what they bear out."""
    text = header.text
    return header.cost + _unusual(header) + witnesses.against(text) - witnesses.borne_out(text)


def _likeliest(
    labels: Sequence[Label], counts: Sequence[int], body: BodyShape | None, words: Sequence[Word], *, likely_only: bool
) -> Header:
    printed = _as_printed(labels, counts, body, words, likely_only=likely_only)
    return _by_sums(labels, counts, body, words, printed)


def _by_sums(
    labels: Sequence[Label], counts: Sequence[int], body: BodyShape | None, words: Sequence[Word], header: Header
) -> Header:
    """A header, or another order of its labels where the sums in the rows speak for that one."""
    witnesses = Witnesses.of(words)
    texts = [text for text in map(key_of, labels) if column_kind(text) == "text"]
    if len(set(texts)) < len(texts) or not witnesses.rows:
        return header
    if not _is_doubtful(header, witnesses):
        return header
    proven = proven_header(labels, counts, body, witnesses, header) if body is not None and body.whole else None
    if proven is not None and proven.sums > 1:
        return proven.header
    cost = header.cost + witnesses.against(header.text) + _unusual(header)
    choice = _Choice(witnesses, header, cost - _CLEARLY)
    for printed in _printed(labels):
        for other in arrangements(printed.labels, counts, body, limit=min(_LIKELY, choice.least - printed.cost)):
            choice.offer(other, _unusual(other) + printed.cost)
    stubs = [label for label in labels if is_row_label(key_of(label))]
    figures = [label for label in labels if label not in stubs]
    if body is not None and not body.behind and stubs and figures:
        _offer_parted(choice, stubs, figures, counts, body)
    if choice.least >= _DOUBTFUL:
        for order in _orders(labels, _MOVED, choice):
            other = arrange(order.labels, counts, body, likely_only=True, most=choice.least - order.cost - _MOVED)
            choice.offer(other, _unusual(other) + _MOVED)
    if body is not None:
        more = 0.0 if _is_doubtful(choice.best, witnesses, unlikely=_NEVER) else _CLEARLY
        for parts in headers_by_parts(labels, choice.least - more):
            choice.offer(judged(parts, counts, body), _unusual(parts) + more)
    return choice.best if proven is None or _is_as_good(choice.best, proven, witnesses) else proven.header


def _is_as_good(header: Header, proven: Proven, witnesses: Witnesses) -> bool:
    """Whether a header is borne out by as many sums as the one that these prove, and no less likely."""
    return witnesses.borne_out(header.text) >= proven.sums and header.cost + _unusual(header) <= proven.cost


def _is_doubtful(header: Header, witnesses: Witnesses, *, unlikely: float = _UNLIKELY) -> bool:
    """Whether the rows speak against a header, it costs so much by itself, or its labels stand in a strange order."""
    told = witnesses.tell_of(header.text)
    doubtful = told and (witnesses.against(header.text) >= _AGAINST or header.cost >= unlikely)
    return doubtful or _unusual(header) >= _UNUSUAL


def _printed(labels: Sequence[Label]) -> Iterator[Order]:
    """The orders in which labels are printed, and that in which the heights of their lines put them."""
    yield Order(0.0, list(labels))
    at = standing(labels)
    by_height = _labels(rows_by_height(at)) if are_lines_of_labels(at) else list(labels)
    if by_height != list(labels):
        yield Order(_MOVED, by_height)
    for moved in _levels_moved(labels):
        yield Order(0.0, moved)


@dataclass(slots=True)
class _Choice:
    """The best header so far, and what it costs all in all."""

    witnesses: Witnesses
    best: Header
    least: float

    def offer(self, header: Header, unusual: float) -> None:
        """Take a header where it costs less, the order of its labels and what the rows say against it added."""
        if header.cost + unusual >= self.least or not self.witnesses.tell_of(header.text):
            return
        cost = header.cost + unusual + self.witnesses.against(header.text)
        if cost < self.least:
            self.best, self.least = header, cost


def _orders(labels: Sequence[Label], moved: float, choice: _Choice) -> Iterator[Order]:
    """The orders of labels, those of two lines beside each other, that may cost less than the best header."""
    for order in islice(interleaved(labels), _MOST_LABELS // len(labels)):
        if order.cost + moved >= choice.least:
            break
        yield order


def _offer_parted(
    choice: _Choice, stubs: Sequence[Label], figures: Sequence[Label], counts: Sequence[int], body: BodyShape
) -> None:
    """Offer the headers with names and codes of rows left of the figures, each arranged by itself."""
    stub = arrange(stubs)
    for header in arrangements(figures, (), None, limit=min(_LIKELY, choice.least - _MOVED)):
        choice.offer(judged(beside(stub, header), counts, body), _unusual(header) + _MOVED)
    for order in _orders(figures, 2 * _MOVED, choice):
        header = arrange(order.labels, likely_only=True, most=choice.least - order.cost - 2 * _MOVED)
        choice.offer(judged(beside(stub, header), counts, body), _unusual(header) + 2 * _MOVED)


def _unusual(header: Header) -> float:
    return unusual_order([label for label, _ in groupby(header.rows[0])])


def _as_printed(
    labels: Sequence[Label], counts: Sequence[int], body: BodyShape | None, words: Sequence[Word], *, likely_only: bool
) -> Header:
    """The header by the order and the heights at which its labels are printed."""
    best = arrange(labels, counts, body, likely_only=likely_only)
    if best.cost >= _DOUBTFUL and body is not None:
        best = min((best, *_of_two_sides(labels, counts, body)), key=lambda header: header.cost)
    if best.cost >= _DOUBTFUL:
        for order in _levels_moved(labels):
            best = min(
                best,
                arrange(order, counts, body, likely_only=True, most=best.cost),
                key=lambda header: header.cost,
            )
    broken = _breaks_sums(best, words)
    at = standing(labels)
    around = any(item.is_around_a_line for item in at)
    if not (best.cost >= _DOUBTFUL or broken or around) or not are_lines_of_labels(at):
        return best
    rows = rows_by_height(at)
    by_height = _labels(rows)
    if by_height != list(labels):
        most = HOPELESS if broken else best.cost
        header = arrange(by_height, counts, body, likely_only=likely_only, most=most)
        if header.cost < best.cost - (0.0 if around else _CLEARLY) or (broken and not _breaks_sums(header, words)):
            best = header
    if not _breaks_sums(best, words):
        return best
    others = (arrange(_labels(moved), counts, body, likely_only=True) for moved in moved_labels(rows))
    whole = (header for header in others if header.width == best.width and not _breaks_sums(header, words))
    return min(whole, key=lambda header: header.cost, default=best)


def _of_two_sides(labels: Sequence[Label], counts: Sequence[int], body: BodyShape) -> Iterator[Header]:
    """The header of two sides beside each other (收入 支出 above 项目 金额 twice), what is printed behind the names of
    the right side all below its label; none where labels are not such."""
    keys = list(map(key_of, labels))
    names = [index for index, key in enumerate(keys) if column_kind(key) == "text"]
    if len(names) != 2 or names[0] != 2 or keys[names[0]] != keys[names[1]] or not all(map(is_spanner, keys[:2])):
        return
    left, right = ((labels[0], *labels[2 : names[1]]), (labels[1], *labels[names[1] :]))
    yield judged(beside(arrange(left), arrange(right)), counts, body)


def _levels_moved(labels: Sequence[Label]) -> Iterator[list[Label]]:
    """The orders of labels in which levels of codes (类 款 项) that end them stand before the first label of a lower
    row: the head of codes runs down to them over all rows, so what is printed last stands leftmost."""
    end = len(labels)
    while end and key_of(labels[end - 1]) in LEVELS:
        end -= 1
    keys = [key_of(label) for label in labels[:end]]
    if len(labels) - end < _FEWEST_LEVELS or not any(map(spans_levels, keys)) or column_kind(keys[-1]) == "text":
        return
    head = next(index for index, key in enumerate(keys) if spans_levels(key))
    for place in range(head + 1, end):
        if any(may_stand_under(keys[place], key) for key in keys[:place]):
            yield [*labels[:place], *labels[end:], *labels[place:end]]


def _labels(rows: Rows) -> list[Label]:
    return [item.label for row in rows for item in row]


def _breaks_sums(header: Header, words: Sequence[Word]) -> bool:
    """Whether a sum that a header promises does not hold in most of the rows that print a figure in every column."""
    slots = slots_of(header.text)
    runs = [slot.columns for slot in slots if slot.kind is Kind.FIGURES]
    if len(runs) != 1 or len(runs[0]) < _LEAST_COLUMNS:
        return False
    columns = runs[0]
    equations = equations_of(header.text.rows, columns)
    rows = list(_whole_rows(words, len(columns), named=len(slots) > 1))
    return any(sum(_breaks(equation, columns[0], row) for row in rows) * 2 > len(rows) for equation in equations)


def _breaks(equation: Equation, base: int, values: Sequence[Decimal]) -> bool:
    parts = sum((values[part - base] for part in equation.parts), Decimal(0))
    return abs(values[equation.total - base] - parts) > _ROUNDING


def _whole_rows(words: Sequence[Word], count: int, *, named: bool) -> Iterator[list[Decimal]]:
    """The figures of the lines that end in so many of them, behind a name where rows are named."""
    for _, line in groupby(words, key=lambda word: word.line):
        texts = [word.text for word in line]
        figures, before = texts[-count:], texts[-count - 1 : -count]
        if len(figures) == count and all(map(is_figure_word, figures)) and bool(before) == named:
            if not any(map(is_figure_word, before)):
                yield [read_figure(text).value or Decimal(0) for text in figures]
