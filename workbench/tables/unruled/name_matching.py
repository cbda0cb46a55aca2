"""Which of the names above a table without rules stands over which of its columns."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.unruled.header_names import LINE_WORD, Name, leaves_of, numbers_columns, stands_over_lower

_SPARE_NAME, _SPARE_SPANNER, _SPANNER_OF_ONE, _NAMELESS = 2.0, 0.2, 5.0, 12.0
"""In heights of print: what a name without a column costs,
one above others without a column and with one of its own, and a column without a name."""


def match_names(
    columns: Sequence[tuple[float, float]], names: Sequence[Name], *, complete: bool = False, left: bool = False
) -> tuple[list[tuple[float, float]], dict[int, Name]]:
    """The columns with those that only the header shows, and the lowest name of each column that has one.

    Names and columns are matched in their order from the left, so that they are as near to each other as can be; a
    name of the lowest line without a column is one without figures, unless the columns are known to be `complete`.
    Names set to the `left` of their columns begin no further right than what these print, which ends before the next.
    """
    leaves = leaves_of([name for name in names if name.text != LINE_WORD])
    if not leaves:
        return list(columns), {}
    words = [name for name in names if not numbers_columns(name.text)]
    above = [stands_over_lower(name, words, alone=not columns) for name in leaves]
    lowest = [index for index, over in enumerate(above) if not over]
    if len(lowest) < len(leaves) and _one_each(columns, [leaves[index] for index in lowest]):
        matches = dict(enumerate(lowest))
    else:
        matches = _matches(columns, leaves, above, left=left)
    found: list[tuple[float, float, Name | None]] = [
        (begin, end, leaves[matches[index]] if index in matches else None) for index, (begin, end) in enumerate(columns)
    ]
    matched = set(matches.values())
    for index, name in enumerate(leaves):
        if index not in matched and not complete and not above[index]:
            found.append((name.x0, name.x1, name))
    found.sort(key=lambda entry: (entry[0] + entry[1]) / 2)
    extents: list[tuple[float, float]] = []
    for begin, end, _ in found:
        # a name may lie partly over the column beside its own
        last = extents[-1][1] if extents else begin
        extents.append((max(begin, last), max(end, last)))
    return extents, {index: name for index, (_, _, name) in enumerate(found) if name is not None}


def _one_each(columns: Sequence[tuple[float, float]], names: Sequence[Name]) -> bool:
    """Whether there are as many names as columns, and none stands over the column of another."""
    return len(columns) == len(names) and not any(
        name.x0 < end and begin < name.x1
        for place, name in enumerate(names)
        for index, (begin, end) in enumerate(columns)
        if index != place
    )


def _matches(
    columns: Sequence[tuple[float, float]], names: Sequence[Name], above_others: Sequence[bool], *, left: bool
) -> dict[int, int]:
    """For each column the index of its name, where it has one; names `above_others` may stand over their columns."""
    height = names[0].height
    ends = [*(name.x0 for name in names[1:]), float("inf")]
    skipped = [(_SPARE_SPANNER if above else _SPARE_NAME) * height for above in above_others]
    costs: list[list[float]] = [[0.0] * (len(names) + 1) for _ in range(len(columns) + 1)]
    steps: list[list[str]] = [[""] * (len(names) + 1) for _ in range(len(columns) + 1)]
    for column in range(len(columns) + 1):
        for place in range(len(names) + 1):
            choices: list[tuple[float, str]] = []
            if column and place:
                begin, end = columns[column - 1]
                name = names[place - 1]
                if left:
                    apart = max(name.x0 - begin, min(end - ends[place - 1], begin - name.x0), 0.0)
                else:
                    apart = max(name.x0 - end, begin - name.x1, 0.0)
                apart += _SPANNER_OF_ONE * height * above_others[place - 1]
                choices.append((costs[column - 1][place - 1] + apart, "both"))
            if place:
                choices.append((costs[column][place - 1] + skipped[place - 1], "name"))
            if column:
                choices.append((costs[column - 1][place] + _NAMELESS * height, "column"))
            if choices:
                costs[column][place], steps[column][place] = min(choices)
    matches: dict[int, int] = {}
    column, place = len(columns), len(names)
    while column or place:
        step = steps[column][place]
        if step == "both":
            matches[column - 1] = place - 1
        column -= step in ("both", "column")
        place -= step in ("both", "name")
    return matches
