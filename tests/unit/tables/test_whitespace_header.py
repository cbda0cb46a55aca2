"""Names above columns that no upright rule parts → the cells of a header."""

from __future__ import annotations

from dataclasses import replace

from workbench.tables.unruled.header_names import Name
from workbench.tables.unruled.level_rules import Level, LevelRules
from workbench.tables.unruled.printed import Piece
from workbench.tables.unruled.sides import Sides
from workbench.tables.unruled.whitespace_header import header_cells

EDGES = [43.0, 190.0, 250.0, 310.0, 371.0, 432.0, 493.0, 553.0]
LEAVES = (
    ("项目", 107.0, 135.5), ("前年决算", 196.0, 135.5), ("上年决算", 257.0, 135.5), ("预算数", 328.0, 150.3),
    ("决算数", 388.0, 150.3), ("完成%", 448.0, 150.3), ("增减额", 510.0, 150.3),
)  # fmt: skip
"""Name, where it begins, how high it stands."""


def _name(text: str, x0: float, y: float) -> Name:
    piece = Piece(0, len(text), x0, x0 + 9 * len(text), text, y)
    return Name([piece], piece.x0, piece.x1, y, y, 9.3)


def test_the_rule_right_below_a_name_shows_its_columns_though_it_is_in_the_middle_of_more() -> None:
    spanners = [_name("本年", 392.5, 126.6), replace(_name("本年比上年", 501.0, 120.6), bottom=135.5)]
    leaves = {column: _name(*leaf) for column, leaf in enumerate(LEAVES)}
    rules = LevelRules(
        (Level(111.0, ((43.0, 553.0),)), Level(141.0, ((310.0, 553.0),)), Level(159.0, ((43.0, 553.0),)))
    )

    cells, height = header_cells([*spanners, *leaves.values()], leaves, Sides(EDGES), rules)

    assert height == 2
    assert [(cell.column, cell.column_span) for cell in cells if cell.row == 0 and cell.column > 2] == [(3, 3), (6, 1)]
