"""The columns of a statement by the labels of its head, whose order a scattered text does not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.columns.head_trees import Path, trees_of
from workbench.tables.text.header.rows import Header, HeaderText
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.promised_sums import Equation, equations_of
from workbench.tables.text.vocabulary import LEVELS, column_kind, is_known, is_stem

_CODE_ENDS = ("编码", "代码")
_NAME_END = "名称"
_NOTHING: Text = ()
_PART = re.compile(r"^其中")
_CHANGE = re.compile(r"增减|增长|[年数]比|±")
_SHARE = re.compile(r"%|[率比]$|幅度|比例")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of figures add up, by their numbers: `roots` are sums of others or stand alone, in their order;
    `equations` from the top down; `parts_of` those that are a part of another with no other part printed (其中);
    `changes` what the second of the roots is more than the first, as amounts and as shares of the first."""

    width: int
    roots: tuple[int, ...]
    equations: tuple[Equation, ...] = ()
    parts_of: tuple[tuple[int, int], ...] = ()
    changes: tuple[tuple[int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """A header: as many columns of codes as there are `codes`, then that of names, then those of figures, whose labels
    are `paths` and whose sums are the `plan`."""

    header: Header
    codes: int
    paths: tuple[tuple[str, ...], ...]
    plan: Plan


def head_columns(labels: Sequence[Text], codes: int) -> Iterator[HeadColumns]:
    """The columns that these labels may stand above, the likeliest first, in the order in which statements print them;
    none where there are no columns of codes (one, or one a level) and names."""
    labels = _joined_stems(labels)
    stub = _stub(
        [
            label
            for label in labels
            if (column_kind(key_of(label)) == "text" or key_of(label) in LEVELS) and not _PART.match(key_of(label))
        ],
        codes,
    )
    if stub is None:
        return
    for figures in trees_of([label for label in labels if _is_figure(key_of(label))]):
        found = _header(stub, figures, codes)
        if found is not None:
            yield found


def _is_figure(key: str) -> bool:
    return column_kind(key) == "figure" or bool(_PART.match(key))


def _header(stub: Sequence[Path], figures: Sequence[Path], codes: int) -> HeadColumns | None:
    depth = max(len(column) for column in (*stub, *figures))
    columns = [[*column, *[_NOTHING] * (depth - len(column))] for column in (*stub, *figures)]
    rows = tuple(zip(*columns, strict=True))
    text = HeaderText(tuple(tuple(map(key_of, row)) for row in rows))
    paths = tuple(tuple(filter(None, (row[column] for row in text.rows))) for column in range(len(stub), len(columns)))
    plan = _plan(text, len(stub), paths)
    return None if plan is None else HeadColumns(Header(rows, text), codes, paths, plan)


def _plan(text: HeaderText, first: int, paths: Sequence[Sequence[str]]) -> Plan | None:
    """How figures add up; None where a column would be a part of two."""
    changes = [column for column, path in enumerate(paths) if any(map(_CHANGE.search, path))]
    plain = [column for column in range(len(paths)) if column not in changes]
    equations, parts_of = [], []
    for equation in equations_of(text.rows, [first + column for column in plain]):
        total, parts = equation.total - first, tuple(part - first for part in equation.parts)
        named = [part for part in parts if _PART.match(paths[part][-1])]
        if len(parts) == len(named) == 1:
            parts_of.append((named[0], total))
        else:
            equations.append(Equation(total, parts))
    told = {part for equation in equations for part in equation.parts} | {part for part, _ in parts_of}
    parts_of += [(column, column - 1) for column in plain[1:] if _PART.match(paths[column][-1]) and column not in told]
    below = Counter([*(part for equation in equations for part in equation.parts), *(part for part, _ in parts_of)])
    if any(number > 1 for number in below.values()):
        return None
    roots = tuple(column for column in plain if column not in below)
    if changes and len(roots) != 2:
        return None
    ordered = _top_down(roots, equations)
    shares = tuple((column, bool(_SHARE.search(paths[column][-1]))) for column in changes)
    return Plan(len(paths), roots, ordered, tuple(parts_of), shares)


def _top_down(roots: Sequence[int], equations: Sequence[Equation]) -> tuple[Equation, ...]:
    """The equations, each behind that of which its total is a part."""
    found: list[Equation] = []
    waiting = list(roots)
    while waiting:
        total = waiting.pop(0)
        own = [equation for equation in equations if equation.total == total]
        found.extend(own)
        waiting[:0] = [part for equation in own for part in equation.parts]
    return tuple(found)


def _stub(labels: Sequence[Text], codes: int) -> list[Path] | None:
    """The columns of codes and names, each from the top down."""
    levels = sorted(
        (label for label in labels if key_of(label) in LEVELS), key=lambda label: LEVELS.index(key_of(label))
    )
    numbers = [label for label in labels if key_of(label).endswith(_CODE_ENDS)]
    names = [label for label in labels if key_of(label).endswith(_NAME_END)]
    above = [label for label in labels if label not in (*levels, *numbers, *names)]
    if len(numbers) > 1 and len(set(map(key_of, numbers))) == 1:
        # the label of codes is printed once more below itself
        above, numbers = [*above, *numbers[1:]] if above else above, numbers[:1]
    if len(numbers) > 1 or len(names) != 1 or len(above) > 1 or len(levels) != (codes if codes > 1 else 0):
        return None
    if not numbers and not levels:
        return None
    lowest = [[level] for level in levels] or [[]]
    if not numbers:
        return [*((*above, *level) for level in lowest), (*above, *names)]
    return [*((*above, *numbers, *level) for level in lowest), (*above, *names)]


def _joined_stems(labels: Sequence[Text]) -> list[Text]:
    """The labels, the beginning of one (功能分类) put before its end (科目编码)."""
    labels = list(labels)
    for stem in [label for label in labels if is_stem(key_of(label))]:
        for index, label in enumerate(labels):
            if label is not stem and key_of(label).endswith(_CODE_ENDS) and is_known(key_of((*stem, *label))):
                labels[index] = (*stem, *label)
                labels.remove(stem)
                break
    return labels
