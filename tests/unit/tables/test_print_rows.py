"""Which printed lines are one row: labels as far apart as labels that begin anew are labels of their own."""

from __future__ import annotations

from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.print_rows import rows_of
from workbench.tables.unruled.printed import Piece, PrintedLine

EDGES = [45.0, 260.0, 330.0]


def _read(printed: list[tuple[float, str, str]]) -> list[list[str]]:
    lines: list[PrintedLine] = []
    place = 0
    for middle, label, figure in printed:
        pieces = []
        for text, left, width in (
            (label, 50.0, 10.0 * len(label)),
            (figure, 325.0 - 5 * len(figure), 5.0 * len(figure)),
        ):
            if text:
                pieces.append(Piece(place, place + len(text), left, left + width, text, middle))
                place += len(text) + 1
        lines.append(PrintedLine(middle, 10.0, f"{label} {figure}", pieces))
    cells, count = rows_of(lines, EDGES, LevelRules())
    rows = [["", ""] for _ in range(count)]
    for cell in cells:
        rows[cell.row][cell.column] = "".join(piece.text for piece in cell.pieces)
    return rows


def test_a_long_label_without_a_figure_does_not_run_into_the_row_below() -> None:
    printed = [
        (100.0, "一、一般公共服务支出", "2,106.66"),
        (117.0, "二、外交支出", ""),
        (134.0, "三、国防支出", ""),
        (151.0, "四、抗疫特别国债安排的支出", ""),
        (168.0, "年末结转和结余", "55.34"),
    ]

    assert _read(printed) == [[label, figure] for _, label, figure in printed]


def test_a_label_that_wraps_where_lines_stand_nearer_than_labels_is_one() -> None:
    printed = [
        (100.0, "一、一般公共服务支出", "2,106.66"),
        (125.0, "二、外交支出", "14.00"),
        (144.0, "三、灾害防治及应急管理和抗", ""),
        (156.0, "疫支出", "55.34"),
        (175.0, "四、国防支出", "3.00"),
    ]

    assert _read(printed)[2] == ["三、灾害防治及应急管理和抗疫支出", "55.34"]


def test_a_figure_that_its_cell_breaks_is_one_with_the_digits_below_it() -> None:
    printed = [
        (94.0, "", "1431.900"),
        (100.0, "合计", ""),
        (106.0, "", "5"),
        (124.0, "测站本级", "910.0005"),
        (142.0, "水质中心", "371.7000"),
        (160.0, "测报中心", "150.2000"),
        (178.0, "其他", "0.0000"),
    ]

    assert _read(printed)[:2] == [["合计", "1431.9005"], ["测站本级", "910.0005"]]


def test_digits_below_a_figure_that_is_whole_are_a_row_of_their_own() -> None:
    printed = [
        (100.0, "合计", "1431.90"),
        (112.0, "辆数", "5"),
        (124.0, "测站本级", "910.00"),
        (136.0, "水质中心", "371.70"),
        (148.0, "测报中心", "150.20"),
    ]

    assert _read(printed) == [[label, figure] for _, label, figure in printed]
