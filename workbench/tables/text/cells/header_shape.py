"""Header rows that no known word tells: by where the rows around them print cells, and where they hold figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise, zip_longest

from workbench.fiscal.headers import is_level
from workbench.tables.text.cells.open_spans import in_open_spans
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.lines import Piece, text_of
from workbench.tables.text.vocabulary import may_stand_under

Cells = Sequence[tuple[Piece, ...]]

_LONGEST_LABEL = 24
_NO_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])|[。；：:]$|^\d+$"
)
_NEXT_ROWS, _MEASURED_ROWS = 2, 12
_JUDGED_ROWS = 4
"""So many rows below tell whether figures stand below a row of labels."""


def is_row_of_labels(row: Cells) -> bool:
    """Whether a row prints two texts or more, all of them short and none a figure or a numbered item."""
    texts = [text for text in map(text_of, row) if text]
    return len(texts) >= 2 and all(map(_may_be_label, texts))


def _may_be_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and kind_of(text) == "text" and not _NO_LABEL.search(text)


def hangs_below(row: Cells, above: Cells, below: Sequence[Cells], *, in_place: bool) -> bool:
    """Whether a row of labels is the lower row of a header: it leaves the first column to the row above, prints more
    cells where that one printed its spanners, and figures stand below its cells or it fills these spans and no more."""
    # Some programs print what runs down again in every row.
    row = [
        () if text_of(cell) == text_of(over) else cell
        for cell, over in zip_longest(row, above[: len(row)], fillvalue=())
    ]
    if not is_row_of_labels(row):
        return False
    if in_place and row[0]:
        return bool(usual_width(below)) and (
            below_spanners(_without_filling(row), above) is not None or not _moved_below(row, above)[0]
        )
    if row[0] or not (_fills_spans(row, above, in_place=in_place) or _stands_over_figures(row, below)):
        return False
    if not in_place and (len(row) != len(above) or all(above)):
        # Spanning cells are printed once, so a row below them has more cells.
        return len(row) > len(above)
    spanned = [left and not right for left, right in pairwise(map(bool, above))]
    filled = [column for column, cell in enumerate(row) if cell and (column >= len(above) or not above[column])]
    beside = [column for column, cell in enumerate(row) if cell and column < len(above) and above[column]]
    return bool(filled) and all(column < len(spanned) and spanned[column] for column in beside)


def _fills_spans(row: Cells, above: Cells, *, in_place: bool) -> bool:
    """Whether a row prints a label in every column that cells of the row above span, and nowhere else."""
    if not in_place and spans_over(above, row):
        return True
    filled = [column for column, cell in enumerate(row) if cell]
    return spanned_columns(above, range(len(above))) == filled


def _stands_over_figures(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether two of the rows below, or the only one, hold figures where this row prints labels."""
    judged = [other for other in below if any(other)][:_JUDGED_ROWS]
    columns = [column for column, cell in enumerate(row) if cell]
    holding = 0
    for other in judged:
        figures = sum(column < len(other) and kind_of(text_of(other[column])) == "figure" for column in columns)
        holding += figures > 0
    return holding >= min(2, max(len(judged), 1))


def spans_over(row: Cells, below: Cells) -> bool:
    """Whether a row of labels, each printed once, makes a header with the row below it: that one leaves blank what runs
    down from this one, and every run of its labels has a spanner."""
    if not is_row_of_labels(row) or not all(row) or len(row) >= len(below) or all(below):
        return False
    blanks = sum(not cell for cell in below)
    runs = sum(printed for printed, _ in groupby(map(bool, below)))
    return blanks + runs <= len(row) <= len(below)


def usual_width(rows: Sequence[Cells]) -> int:
    """How many cells most of the first rows with figures have, 0 where they differ or do not come at once."""
    holding = [any(kind_of(text_of(cell)) == "figure" for cell in row) for row in rows]
    if not any(holding[:_NEXT_ROWS]):
        return 0
    lengths = [len(row) for row, figures in zip(rows, holding, strict=True) if figures][:_MEASURED_ROWS]
    common = max(set(lengths), key=lengths.count)
    return common if lengths.count(common) * 2 > len(lengths) else 0


def makes_up(rows: Sequence[Cells], width: int) -> bool:
    """Whether rows of labels, each printed once, make a header of so many columns: no row above the last reaches over
    all of them, and some of their cells, but not all, are spanners. Blanks at the ends of rows only fill them."""
    rows = [_without_filling(row) for row in rows]
    if not width or not all(map(all, rows)) or not all(map(is_row_of_labels, rows)) or len(rows[0]) >= width:
        return False
    spanners = sum(map(len, rows)) - width
    return 1 <= spanners <= sum(map(len, rows[:-1]))


def _without_filling(row: Cells) -> Cells:
    return row[: max((index + 1 for index, cell in enumerate(row) if cell), default=0)]


def below_spanners(row: Cells, above: Cells) -> list[tuple[Piece, ...]] | None:
    """The cells of a header row put below the spanners of the row above, which blanks behind them show; None where they
    are not as many as the columns spanned. What runs down is printed once, and not as a blank."""
    columns = spanned_columns(above, range(len(above)))
    if not above or not above[0] or len(row) >= len(above) or len(columns) != len(row) or not is_row_of_labels(row):
        return None
    return put_below(row, columns, len(above))


def below_their_spanners(header: Sequence[list[tuple[Piece, ...]]]) -> list[list[tuple[Piece, ...]]]:
    """The rows of a header, the labels of one that conversion pushed to its beginning put below the spanners of the row
    above."""
    if len(header) > 2 and (hung := in_open_spans(header)) is not None:
        return hung
    rows: list[list[tuple[Piece, ...]]] = []
    for row in header:
        row = _moved_below(row, rows[-1]) if rows else row
        labels = _without_filling(row)
        pushed = rows and all(labels) and not all(map(is_level, map(text_of, labels)))
        below = below_spanners(labels, rows[-1]) if pushed else None
        rows.append(row if below is None or _ends_otherwise(below, rows[-1]) else below)
    return rows


def _moved_below(row: Cells, above: Cells) -> list[tuple[Piece, ...]]:
    """A row from whose beginning blanks were cut off, as those between its labels show, put as far right as these are
    all that stands below the spanners of the row above."""
    columns = spanned_columns(above, range(len(above)))
    printed = [column for column, cell in enumerate(row) if cell]
    cut = not all(_without_filling(row)) and not printed[0]
    if not cut or [column - columns[0] for column in columns] != printed:
        return list(row)
    return [*[()] * columns[0], *row][: len(above)]


def _ends_otherwise(row: Cells, above: Cells) -> bool:
    """Whether blanks behind the last label above only fill its row: what would stand below them hangs under another."""
    last = len(_without_filling(above))
    beneath = [text_of(cell) for cell in row[last - 1 :]]
    return last < len(above) and not any(may_stand_under(text, text_of(above[last - 1])) for text in beneath)


def spanned_columns(above: Cells, columns: Sequence[int]) -> list[int]:
    """Those of the columns in which the row above prints its cells that it spans: blanks stand behind labels there."""
    blanks = [not above[column] for column in columns]
    spans = zip(columns, blanks, [*blanks[1:], False], strict=True)
    return [column for column, blank, following in spans if blank or following]


def put_below(row: Cells, columns: Sequence[int], width: int) -> list[tuple[Piece, ...]]:
    """A row of so many cells with those of `row` in these columns."""
    places = dict(zip(columns, row, strict=True))
    return [places.get(column, ()) for column in range(width)]


def without_filling(header: Sequence[Cells], body: Sequence[Sequence[str]]) -> list[list[tuple[Piece, ...]]]:
    """The rows of a header between bars without what a converter put into the blank cells of merged ones: the label at
    their left. It did so where a level of codes is repeated over names; then no label reaches beyond the one above."""
    filled = any(
        is_level(text_of(cell)) and cell and text_of(cell) == text_of(left) and _holds_names(body, column)
        for row in header
        for column, (left, cell) in enumerate(pairwise(row), start=1)
    )
    if not filled:
        return [list(row) for row in header]
    rows: list[list[tuple[Piece, ...]]] = []
    over: list[str] = []
    for row in header:
        texts = [text_of(cell) for cell in row]
        if not is_row_of_labels([cell for cell in row if cell]):
            rows.append(list(row))
            continue
        kept = [
            bool(text) and not (column and over and text == texts[column - 1] and over[column] != over[column - 1])
            for column, text in enumerate(texts)
        ]
        rows.append([cell if keep else () for cell, keep in zip(row, kept, strict=True)])
        over = [
            text if keep or not over else over[column]
            for column, (text, keep) in enumerate(zip(texts, kept, strict=True))
        ]
    return rows


def _holds_names(body: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most of what rows with all their cells print in a column is no code."""
    printed = [row[column] for row in body if column < len(row) and row[column]]
    return 2 * sum(map(str.isdigit, printed)) < len(printed)
