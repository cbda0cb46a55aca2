"""Pieces of tables over page breaks."""

from __future__ import annotations

from dataclasses import replace

from tests.drawn_pages import draw_page
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.surroundings import Captions
from workbench.tables.joining.over_pages import common_columns, join_pieces
from workbench.tables.raw import Origin
from workbench.tables.ruled.grid import find_grids

WIDE = """
+----------+-----------+-----------+
| 科目编码 | 科目名称  |   合计    |
+----------+-----------+-----------+
|  20126   | 档案事务  |     12.00 |
+----------+-----------+-----------+
"""
LAST = """
+----------------------+-----------+
|   合计               |     12.00 |
+----------------------+-----------+
"""
OTHER = """
+----------------+-----+-----------+
|   项目         | 数量|     12.00 |
+----------------+-----+-----------+
"""


def _grid(drawing: str, number: int = 1) -> SpanGrid:
    page = draw_page(drawing, number)
    return SpanGrid.of(page, find_grids(page)[0])


def _piece(drawing: str, number: int, **changes: object) -> Piece:
    piece = Piece(_grid(drawing, number), Captions(), (number,), Origin.RULED)
    return replace(piece, **changes)  # type: ignore[arg-type]


def test_a_piece_with_fewer_rules_takes_the_columns_of_the_table() -> None:
    columns = common_columns(_grid(WIDE), _grid(LAST))

    assert columns is not None
    assert columns[1].column_count == 3
    assert [(cell.column, cell.column_span) for cell in columns[1].cells] == [(0, 2), (2, 1)]


def test_other_rules_are_another_table() -> None:
    assert common_columns(_grid(WIDE), _grid(OTHER)) is None


def test_a_page_shifted_to_the_side_still_has_the_same_rules() -> None:
    grid = _grid(LAST)
    shifted = replace(grid, edges=tuple(edge + 28.0 for edge in grid.edges))

    assert common_columns(_grid(WIDE), shifted) is not None


def test_pieces_join_only_from_page_to_page() -> None:
    assert len(join_pieces([_piece(WIDE, 1), _piece(LAST, 2)])) == 1
    assert len(join_pieces([_piece(WIDE, 1), _piece(LAST, 4)])) == 2
    assert len(join_pieces([_piece(WIDE, 1, last=False), _piece(LAST, 2)])) == 2
    assert len(join_pieces([_piece(WIDE, 1), _piece(LAST, 2, first=False)])) == 2


def test_a_title_or_prose_between_keeps_them_apart() -> None:
    titled = _piece(LAST, 2, captions=Captions(title="国有资本经营预算支出表"))

    assert len(join_pieces([_piece(WIDE, 1), titled])) == 2
    assert len(join_pieces([_piece(WIDE, 1), _piece(LAST, 2, captions=Captions(prose=True))])) == 2
    assert len(join_pieces([_piece(WIDE, 1, text_below=True), _piece(LAST, 2)])) == 2


def test_the_joined_table_knows_all_its_pages() -> None:
    (table,) = join_pieces([_piece(WIDE, 3), _piece(WIDE, 4), _piece(LAST, 5, notes=("注：略",))])

    assert table.pages == (3, 4, 5)
    assert table.notes == ("注：略",)
    assert [[cell.text for cell in row] for row in table.grid.by_row()] == [
        ["科目编码", "科目名称", "合计"],
        ["20126", "档案事务", "12.00"],
        ["20126", "档案事务", "12.00"],
        ["合计", "12.00"],
    ]


NUMBERED = """
+----------------------+-------+
| 项目                 | 金额  |
+----------------------+-------+
| 一、一般公共服务支出 |  1.00 |
+----------------------+-------+
| 二、外交支出         |       |
+----------------------+-------+
| 三、国防支出         |       |
+----------------------+-------+
| 四、公共安全支出     |       |
+----------------------+-------+
| 五、教育支出         |       |
+----------------------+-------+
| 六、灾害防治及应急管 |       |
+----------------------+-------+
"""
REST = """
+----------------------+-------+
| 理支出               |       |
+----------------------+-------+
| 合计                 |  1.00 |
+----------------------+-------+
"""


def test_a_numbered_label_cut_by_the_page_break_is_one() -> None:
    (table,) = join_pieces([_piece(NUMBERED, 1), _piece(REST, 2)])

    assert [cells[0].text for cells in table.grid.by_row()[-2:]] == ["六、灾害防治及应急管理支出", "合计"]


def test_a_row_drawn_at_the_foot_and_again_on_the_next_page_keeps_nothing_apart() -> None:
    twice = _piece(WIDE, 1, text_below=True, next_text="合计12.00")

    assert len(join_pieces([twice, _piece(LAST, 2)])) == 1
    assert len(join_pieces([replace(twice, next_text="详见说明"), _piece(LAST, 2)])) == 2


def test_a_page_of_another_size_has_the_same_columns_in_proportion() -> None:
    grid = _grid(
        WIDE.replace("| 档案事务  |", "| 档案 |事务|")
        .replace("| 科目名称  |", "| 科目 |名称|")
        .replace("+-----------+-----------+\n", "+------+----+-----------+\n")
    )
    turned = replace(grid, edges=tuple(36.0 + (edge - grid.edges[0]) * 1.5 for edge in grid.edges))
    longer = replace(turned, edges=(*turned.edges[:-2], turned.edges[-2] + 40.0, turned.edges[-1]))
    columns = common_columns(turned, grid)

    assert columns is not None
    assert columns[1].edges == turned.edges
    assert common_columns(longer, grid) is None


def test_a_rule_that_is_drawn_twice_is_the_nearer_one_of_the_two() -> None:
    grid = _grid(WIDE)
    first, second, third, last = grid.edges
    drawn_twice = grid.with_columns((0, 2, 3, 4), 4, (first, second - 3.0, second, third, last))
    columns = common_columns(drawn_twice, replace(grid, edges=(first, second - 0.5, third, last)))

    assert columns is not None
    assert [cell.column for cell in columns[1].by_row(1)[0]] == [0, 2, 3]


LEVELS = """
+----------+-----------+-----------+
| 科目编码 |       本年收入        |
|          +-----------+-----------+
|          | 小计      | 基金预算  |
+----------+-----------+-----------+
|  20126   |     12.00 |      2.00 |
+----------+-----------+-----------+
"""


def test_a_header_printed_again_may_be_cut_at_the_end_of_a_name() -> None:
    again = LEVELS.replace("基金预算", "基金    ").replace("20126", "20127")
    other = LEVELS.replace("基金预算", "拨款    ").replace("20126", "20127")

    (whole,) = join_pieces([_piece(LEVELS, 1, last=True), _piece(again, 2, first=True)])
    assert [cells[0].text for cells in whole.grid.by_row()[2:]] == ["20126", "20127"]
    assert len(join_pieces([_piece(LEVELS, 1, last=True), _piece(other, 2, first=True)])) == 2


CODES = """
+-----+-------+-----------+-----------+
| 类  |  款   | 科目名称  |   合计    |
+-----+-------+-----------+-----------+
| 201 | 20126 | 档案事务  |     12.00 |
+-----+-------+-----------+-----------+
| 208 | 20805 | 养老支出  |      3.00 |
+-----+-------+-----------+-----------+
| 21  | 2101  | 行政单位  |      2.0  |
+-----+-------+-----------+-----------+
"""
ENDS = """
+-----+-------+-----------+-----------+
| 0   | 1     | 医疗      |      0    |
+-----+-------+-----------+-----------+
| 221 | 22102 | 住房改革  |      1.00 |
+-----+-------+-----------+-----------+
"""


def test_codes_and_amounts_that_the_page_break_cut_are_whole_again() -> None:
    (table,) = join_pieces([_piece(CODES, 1), _piece(ENDS, 2)])

    assert [[cell.text for cell in cells] for cells in table.grid.by_row()[3:]] == [
        ["210", "21011", "行政单位医疗", "2.00"],
        ["221", "22102", "住房改革", "1.00"],
    ]


def test_digits_below_whole_codes_are_a_row_of_their_own() -> None:
    whole = CODES.replace("| 21  | 2101 ", "| 210 | 21011").replace("2.0 ", "2.00")
    (table,) = join_pieces([_piece(whole, 1), _piece(ENDS, 2)])

    assert [cells[0].text for cells in table.grid.by_row()[3:]] == ["210", "0", "221"]


def test_an_amount_below_a_dash_is_a_row_of_its_own() -> None:
    dashed = CODES.replace("| 21  | 2101  | 行政单位  |      2.0  |", "| 210 | 21011 | 行政单位  |      -    |")
    total = ENDS.replace("| 0   | 1     | 医疗      |      0    |", "|     |       | 合计      |     15.00 |")
    (table,) = join_pieces([_piece(dashed, 1), _piece(total, 2)])

    assert [cells[-1].text for cells in table.grid.by_row()[3:]] == ["-", "15.00", "1.00"]


def test_the_first_row_of_a_header_may_be_cut_where_the_next_one_is_the_same() -> None:
    again = LEVELS.replace("本年收入", "本年    ").replace("20126", "20127")

    (whole,) = join_pieces([_piece(LEVELS, 1, last=True), _piece(again, 2, first=True)])
    assert [cells[0].text for cells in whole.grid.by_row()[2:]] == ["20126", "20127"]


HEAD = """
+----------------------+-----------+
|         科目         |   合计    |
+----------------------+-----------+
"""
BODY = """
+----------+-----------+-----------+
|   编码   |   名称    |           |
+----------+-----------+-----------+
|  20126   | 档案事务  |     12.00 |
+----------+-----------+-----------+
"""


def test_a_header_alone_on_its_page_may_have_its_rules_a_little_off() -> None:
    head, body = _piece(HEAD, 1), _piece(BODY, 2)
    first, second, last = head.grid.edges
    off = replace(head, grid=replace(head.grid, edges=(first, second + 6.0, last)))
    far = replace(head, grid=replace(head.grid, edges=(first, second + 12.0, last)))

    (whole,) = join_pieces([off, body])
    assert [(cell.column, cell.column_span) for cell in whole.grid.by_row()[0]] == [(0, 2), (2, 1)]
    assert len(join_pieces([far, body])) == 2


BLANK = """
+-------+-----------+-----------+
| 30201 | 办公费    |     12.00 |
+-------+-----------+-----------+
| 30202 | 印刷费    |      3.00 |
+-------+-----------+-----------+
| 30211 | 差旅费    |      5.00 |
+-------+-----------+-----------+
|       | 会议费    |      2.00 |
+-------+-----------+-----------+
"""
MIDDLE = """
+-------+-----------+-----------+
| 30215 |           |           |
+-------+-----------+-----------+
| 30216 | 培训费    |      1.00 |
+-------+-----------+-----------+
"""


def test_what_stands_in_the_middle_of_its_row_comes_below_the_page_break() -> None:
    (table,) = join_pieces([_piece(BLANK, 1), _piece(MIDDLE, 2)])

    rows = [[cell.text for cell in sorted(cells, key=lambda cell: cell.column)] for cells in table.grid.by_row()]
    assert rows[3:] == [["30215", "会议费", "2.00"], ["30216", "培训费", "1.00"]]
