"""Headers of text that lost its layout: words that were wrapped and run together become labels, labels a header.

The words come row by row as the page prints them: the upper labels, then the lower ones. Which words make one label
is decided by the known labels and by how a wrapped label looks; which upper label spans which lower ones by the known
spanners and by the number of columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from workbench.tables.text.lines import Piece, display_width, key_of
from workbench.tables.text.vocabulary import (
    column_kind,
    is_known,
    is_known_prefix,
    is_leaf,
    is_spanner,
    label_key,
    looks_like_label,
    may_stand_under,
)

_DOUBTFUL = 1.5
"""From this cost on a header of two rows gives way to one of three."""
_HOPELESS = 20.0
"""From this cost on nothing is a header of several rows."""
_LONGEST = 16
"""The most words that one label is made of."""


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: its piece, the number of its line, and whether an empty line stands before that line."""

    piece: Piece
    line: int
    gap: bool
    first: bool
    """Whether it is the first of its line."""
    text: str
    """What it prints."""


Label = tuple[Piece, ...]


def labels_of(words: Sequence[Word]) -> list[Label]:
    """The labels that header words make up, in order: known labels first, wrapped words joined, single words else."""
    count = len(words)
    texts = tuple(word.text for word in words)
    breaks = tuple("" if a.line == b.line else "gap" if b.gap else "line" for a, b in pairwise(words))
    best = [0.0] + [float("inf")] * count
    back = [0] * (count + 1)
    for start in range(count):
        if best[start] == float("inf"):
            continue
        stop = start + _LONGEST
        for length, own in _label_costs(texts[start:stop], breaks[start : stop - 1]):
            cost = best[start] + own
            if cost < best[start + length]:
                best[start + length], back[start + length] = cost, start
    labels: list[Label] = []
    end = count
    while end > 0:
        labels.append(tuple(word.piece for word in words[back[end] : end]))
        end = back[end]
    return labels[::-1]


@lru_cache(maxsize=4096)
def _label_costs(texts: tuple[str, ...], breaks: tuple[str, ...]) -> tuple[tuple[int, float], ...]:
    """What it costs that a label is made of the first 1, 2, 3 … of these words; `breaks` says what lies between each
    and the next: nothing, a line break, or an empty line as well."""
    found: list[tuple[int, float]] = []
    joined = ""
    join_cost = 0.0
    for index, text in enumerate(texts):
        joined += text
        if index:
            join_cost += _join_cost(texts[index - 1], text, breaks[index - 1])
            # A word that is a label by itself is hardly the end of an unknown one.
            join_cost += 1.5 if len(text) > 2 and is_known(text) else 0.0
        known = is_known(joined)
        if not known and join_cost > 4 and not is_known_prefix(joined):
            break
        found.append((index + 1, 0.6 if known else 2.5 + join_cost + (0 if looks_like_label(joined) else 1)))
    return tuple(found)


def unzipped(words: Sequence[Word]) -> list[Word]:
    """Header words whose labels were wrapped side by side in order, label by label: 科目 名称 合计 | 编码 is 科目 编码,
    名称, 合计."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    index = 0
    while index + 1 < len(lines):
        joined = _zip(lines[index], lines[index + 1]) if not lines[index + 1][0].gap else None
        if joined is None:
            index += 1
        else:
            lines[index : index + 2] = [joined]
    return [word for line in lines for word in line]


def _zip(upper: list[Word], lower: list[Word]) -> list[Word] | None:
    """The words of two lines label by label, where every word of the lower one ends a known label of the upper one."""
    if not 2 <= len(lower) <= len(upper):
        return None
    joined: list[Word] = []
    position = 0
    for word in lower:
        match = next(
            (index for index in range(position, len(upper)) if is_known(upper[index].text + word.text)),
            None,
        )
        if match is None:
            return None
        joined.extend(upper[position : match + 1])
        joined.append(word)
        position = match + 1
    return [*joined, *upper[position:]]


def _join_cost(left: str, right: str, between: str) -> float:
    """How unlike it is that two neighbouring words are one label, where the vocabulary does not know."""
    if not between:
        return 0.4 if len(left) == 1 and len(right) == 1 else 1.6
    if between == "gap":
        wide, narrow = display_width(left), display_width(right)
        return 0.3 if narrow <= wide <= 20 else 1.2
    return 1.3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its rows over all columns, spanned labels repeated."""

    rows: tuple[tuple[Label, ...], ...]
    cost: float

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def texts(self) -> list[list[str]]:
        """The keys of its labels, row by row."""
        return [[key_of(label) for label in row] for row in self.rows]

    def leaf(self, column: int) -> str:
        """The lowest label above a column."""
        return next((key_of(row[column]) for row in reversed(self.rows) if row[column]), "")


def in_column_order(lines: Sequence[Sequence[Label]]) -> list[Label]:
    """The labels of header lines in the order of their columns.

    Where spanners stand on the first line, labels that run down over all rows are centred and so printed on the second,
    after the spanners: 功能分类科目 本年收入 | 序号 合计 上年结转 | 科目编码 科目名称 小计 … They are put between them.
    """
    plain = [label for line in lines for label in line]
    if len(lines) < 3 or not all(is_spanner(key_of(label)) for label in lines[0]):
        return plain
    below = [key_of(label) for line in lines[2:] for label in line]
    hung = all(any(may_stand_under(text, key_of(label)) for text in below) for label in lines[0])
    under = [any(may_stand_under(key_of(label), key_of(top)) for top in lines[0]) for label in lines[1]]
    if not hung or all(under):
        return plain
    merged = sorted([*lines[0], *lines[1]], key=lambda label: _rank(key_of(label)))
    return [*merged, *(label for line in lines[2:] for label in line)]


def _rank(text: str) -> int:
    """Where a label of the uppermost row stands: counter, stub, total, then the others as they come."""
    if text in ("序号", "行次"):
        return 0
    if column_kind(text) == "text":
        return 1
    if text in ("合计", "总计"):
        return 2
    return 4 if text.startswith(("上年结转", "上年结余", "年初", "结转下年", "备注")) else 3


def arrange(labels: Sequence[Label], counts: Sequence[int] = ()) -> Header:
    """The header of one or two rows that these labels most likely make; `counts` are the numbers of columns that it
    may have, the likeliest first, none where nothing is known."""
    texts = [key_of(label) for label in labels]
    best = _one_row(labels, texts, counts)
    for split in range(1, len(labels)):
        header = _two_rows(labels, texts, split, counts, limit=best.cost)
        if header is not None and header.cost < best.cost:
            best = header
    if best.cost >= _DOUBTFUL:
        for count in range(1, min(4, len(labels) - 2)):
            header = _three_rows(labels, texts, count, counts, best.cost)
            if header is not None and header.cost < best.cost:
                best = header
    return best


def _three_rows(
    labels: Sequence[Label], texts: Sequence[str], count: int, counts: Sequence[int], limit: float
) -> Header | None:
    """The header whose uppermost row are the first `count` labels, all spanners, over a header of two rows; None where
    it costs `limit` or more."""
    if not all(is_spanner(text) for text in texts[:count]):
        return None
    lower: Header | None = None
    for split in range(1, len(labels) - count):
        bound = lower.cost if lower is not None else limit
        header = _two_rows(labels[count:], texts[count:], split, counts, repeated=0.0, limit=bound)
        if header is not None and (lower is None or header.cost < lower.cost):
            lower = header
    if lower is None:
        return None
    keys = [key_of(label) for label in lower.rows[0]]
    starts = [index for index, key in enumerate(keys) if index == 0 or key != keys[index - 1]]
    upper = _two_rows(
        [*labels[:count], *(lower.rows[0][start] for start in starts)],
        [*texts[:count], *(keys[start] for start in starts)],
        count,
        (),
        repeated=0.0,
    )
    if upper is None or len(upper.rows[0]) != len(starts):
        return None
    top = tuple(
        label
        for label, start, end in zip(upper.rows[0], starts, [*starts[1:], len(keys)], strict=True)
        for _ in range(start, end)
    )
    # Labels repeated below different spanners are no sign against such a header.
    return Header((top, *lower.rows), lower.cost + upper.cost)


def _miscount(columns: int, counts: Sequence[int]) -> float:
    if not counts:
        return 0.0
    if columns in counts:
        return 0.5 * list(counts).index(columns)
    return 6.0 * min(abs(columns - count) for count in counts)


def _one_row(labels: Sequence[Label], texts: Sequence[str], counts: Sequence[int]) -> Header:
    repeated = len(texts) - len(set(texts))
    hanging = sum(
        1.5
        for index, text in enumerate(texts)
        if is_spanner(text) and sum(may_stand_under(other, text) for other in texts[index + 1 :]) >= 2
    )
    cost = _miscount(len(labels), counts) + 2.0 * repeated + hanging + sum(_leaf_cost(text) for text in texts)
    return Header((tuple(labels),), cost)


def _leaf_cost(text: str) -> float:
    """How unlike it is that nothing stands below a label."""
    if not is_spanner(text):
        return 0.0
    return 0.3 if is_leaf(text) else 1.5


_BEGINNERS = frozenset({"小计", "合计", "科目编码", "项目", "类", "编码", "项目名称", "符号"})


def _two_rows(
    labels: Sequence[Label],
    texts: Sequence[str],
    split: int,
    counts: Sequence[int],
    repeated: float = 1.0,
    limit: float = _HOPELESS,
) -> Header | None:
    """The cheapest header whose upper row are the first `split` labels, each lower label below one of them.
    `repeated` is what it costs that an upper label is there twice. None where it costs `limit` or more."""
    limit = min(limit, _HOPELESS)
    upper, lower = texts[:split], texts[split:]
    infinite = float("inf")
    best = [[infinite] * (len(lower) + 1) for _ in range(split + 1)]
    back = [[0] * (len(lower) + 1) for _ in range(split + 1)]
    best[0][0] = 0.0
    for index in range(split):
        known_spanner = is_spanner(upper[index])
        leaf_cost = _leaf_cost(upper[index])
        for used in range(len(lower) + 1):
            base = best[index][used]
            if base >= limit:
                continue
            if base + leaf_cost < best[index + 1][used]:
                best[index + 1][used], back[index + 1][used] = base + leaf_cost, used
            cost = base + (0.0 if known_spanner else 2.5)
            if cost >= limit:
                continue
            seen: set[str] = set()
            for end in range(used + 1, len(lower) + 1):
                child = lower[end - 1]
                cost += 0.0 if may_stand_under(child, upper[index]) else 1.0 if known_spanner else 0.4
                cost += 3.0 if label_key(child) in seen else 0.0
                cost += 1.5 if child in _BEGINNERS and end > used + 1 else 0.0
                if cost >= limit:
                    break
                seen.add(label_key(child))
                total = cost + (1.5 if end == used + 1 else 0.0)
                if total < best[index + 1][end]:
                    best[index + 1][end], back[index + 1][end] = total, used
    if best[split][len(lower)] == infinite:
        return None
    spans: list[tuple[int, int]] = []
    used = len(lower)
    for index in range(split, 0, -1):
        start = back[index][used]
        spans.append((start, used))
        used = start
    top: list[Label] = []
    bottom: list[Label] = []
    for label, (start, end) in zip(labels[:split], reversed(spans), strict=True):
        children = labels[split + start : split + end]
        top.extend([label] * max(len(children), 1))
        bottom.extend(children or [()])
    twice = len(upper) - len(set(upper))
    cost = best[split][len(lower)] + _miscount(len(top), counts) + repeated * twice
    return Header((tuple(top), tuple(bottom)), cost)
