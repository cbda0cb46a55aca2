"""Labels that run over their row: two lines in a row of one, set to its middle."""

from __future__ import annotations

from workbench.tables.ruled.frames import OpenCell, Word
from workbench.tables.ruled.overflow import return_overflow

HEIGHT = 9.0
LABELS = "名" * 1000


def _cells(*rows: tuple[list[float], float]) -> list[OpenCell]:
    """A column of labels, whose lines stand at these heights, and one of figures; places in the text are counted up."""
    cells: list[OpenCell] = []
    place = 0
    for row, (lines, figure) in enumerate(rows):
        words = []
        for line in lines:
            words.append(Word(line, HEIGHT, 50.0, place, place + 1))
            place += 1
        cells.append(OpenCell(row, 0, 1, 1, 50.0, 200.0, words))
        cells.append(OpenCell(row, 1, 1, 1, 200.0, 300.0, [Word(figure, HEIGHT, 250.0, 900 + row, 901 + row)]))
    return cells


def _labels(cells: list[OpenCell]) -> list[list[int]]:
    return [[word.start for word in cell.words] for cell in cells if cell.column == 0]


def test_the_second_line_of_a_label_comes_back_from_the_row_below() -> None:
    cells = _cells(([100.0], 100.0), ([108.5], 115.0), ([121.5, 130.0], 130.0), ([145.0], 145.0))
    return_overflow(cells, LABELS)
    assert _labels(cells) == [[0], [1, 2], [3], [4]]


def test_rows_with_nothing_beside_a_label_tell_nothing() -> None:
    rows = ([100.0], 100.0), ([108.5], 115.0), ([121.5, 130.0], 130.0), ([145.0], 145.0), ([160.0], 160.0)
    cells = _cells(*rows)
    cells[-1].words = []
    return_overflow(cells, LABELS)
    assert _labels(cells) == [[0], [1, 2], [3], [4], [5]]


def test_the_first_line_of_a_label_comes_back_from_the_row_above() -> None:
    cells = _cells(([100.0, 108.5], 100.0), ([121.5], 115.0), ([130.0], 130.0), ([145.0], 145.0))
    return_overflow(cells, LABELS)
    assert _labels(cells) == [[0], [1, 2], [3], [4]]


def test_labels_of_two_lines_in_rows_high_enough_stay_as_they_are() -> None:
    cells = _cells(([100.0], 100.0), ([113.5, 126.5], 120.0), ([133.5, 146.5], 140.0), ([160.0], 160.0))
    return_overflow(cells, LABELS)
    assert _labels(cells) == [[0], [1, 2], [3, 4], [5]]


def test_labels_set_to_the_top_of_their_rows_stay_as_they_are() -> None:
    cells = _cells(([100.0], 100.0), ([113.0, 126.0], 113.0), ([139.0, 152.0], 139.0), ([165.0], 165.0))
    return_overflow(cells, LABELS)
    assert _labels(cells) == [[0], [1, 2], [3, 4], [5]]


def test_the_digits_of_a_wrapped_figure_stay_in_their_cell() -> None:
    cells = _cells(([100.0], 100.0), ([108.5], 115.0), ([121.5, 130.0], 130.0), ([145.0], 145.0))
    return_overflow(cells, "9" * 1000)
    assert _labels(cells) == [[0], [1], [2, 3], [4]]
