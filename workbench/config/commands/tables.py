"""On the table under review: its cells, and its shape."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    # cells
    entry("cell.edit", "table", "e  enter", ("edit", "编辑"), ("Edit the cell in place.", "就地编辑单元格。"), 32),
    entry(
        "cell.edit_external", "table", "i", ("edit in $EDITOR", "用编辑器"),
        ("Edit the cell in your editor.", "在外部编辑器中编辑。"),
    ),
    entry(
        "cell.show", "table", "p", ("whole cell", "完整内容"),
        ("The cell's full text, its places and its history.", "单元格全文、位置与修改历史。"),
    ),
    entry(
        "cell.revert", "table", "r", ("revert", "还原"),
        ("Back to what the source prints.", "恢复为原文所印内容。"),
    ),
    entry(
        "cell.flag", "table", "f", ("flag", "标记"),
        ("Flag the cell, or take the flag off.", "标记或取消标记单元格。"),
    ),
    entry("cell.note", "table", "m", ("note", "备注"), ("A note on the cell.", "对单元格的备注。"), argument="note"),
    entry(
        "cell.copy", "table", "Y", ("copy", "复制"),
        ("Copy the cell or the selection to the clipboard.", "复制单元格或选区。"),
    ),
    entry("cell.paste", "table", "P", ("paste", "粘贴"), ("Paste a block of cells here.", "从此处粘贴一块单元格。")),
    entry(
        "select.toggle", "table", "S", ("select", "选择"),
        ("Start or end a selection of cells.", "开始或结束选择单元格。"),
    ),
    entry(
        "select.clear_cells", "table", "delete", ("empty cells", "清空"),
        ("Empty the cell or the selection.", "清空单元格或选区。"),
    ),
    entry("column.wider", "table", "+", ("wider column", "加宽列"), ("Widen the column.", "加宽该列。")),
    entry("column.narrower", "table", "-", ("narrower column", "收窄列"), ("Narrow the column.", "收窄该列。")),
    # shape
    entry(
        "cells.shift_right", "table", "t l", ("shift cells right", "右移单元格"),
        ("Move this cell and those right of it one column right.", "此格及右侧各格右移一列。"),
    ),
    entry(
        "cells.shift_left", "table", "t h", ("shift cells left", "左移单元格"),
        ("Move this cell and those right of it one column left.", "此格及右侧各格左移一列。"),
    ),
    entry(
        "cells.merge", "table", "t m", ("merge with right", "与右格合并"),
        ("Put the right neighbour's text behind this one's.", "将右侧单元格的文字接在此格之后。"),
    ),
    entry(
        "cells.split", "table", "t s", ("split cell", "拆分单元格"),
        ("Move the end of this cell's text into the empty right neighbour.", "将此格文字的后部移入右侧空格。"),
    ),
    entry(
        "cells.exchange_right", "table", "t x", ("exchange with right", "与右侧对调"),
        ("Exchange the cell or the selection with as many cells on its right.", "单元格或选区与右侧同样大小的一块对调。"),
    ),
    entry(
        "cells.exchange_below", "table", "t y", ("exchange with below", "与下方对调"),
        ("Exchange the cell or the selection with as many cells below it.", "单元格或选区与下方同样大小的一块对调。"),
    ),
    entry(
        "row.insert", "table", "t o", ("insert row below", "下方插入行"),
        ("A blank row below this one.", "在下方插入空行。"),
    ),
    entry(
        "row.insert_above", "table", "t O", ("insert row above", "上方插入行"),
        ("A blank row above this one.", "在上方插入空行。"),
    ),
    entry(
        "row.delete", "table", "t d", ("delete row", "删除行"),
        ("Delete the row (or the rows selected).", "删除该行（或所选各行）。"),
    ),
    entry(
        "row.merge", "table", "t j", ("merge with row below", "与下行合并"),
        ("Join this row and the next, column by column.", "将本行与下一行逐列合并。"),
    ),
    entry(
        "row.split", "table", "t k", ("split row", "拆分行"),
        ("Cut the row in two: put | in each cell where what belongs to the row below begins.",
         "将该行拆为两行：在各格中属于下一行的文字之前输入 |。"),
    ),
    entry(
        "column.insert", "table", "t a", ("insert column", "插入列"),
        ("A blank column before this one.", "在此列前插入空列。"), argument="text",
    ),
    entry("column.delete", "table", "t D", ("delete column", "删除列"), ("Delete the column.", "删除该列。")),
    entry(
        "table.join", "table", "t J", ("join next table", "并入下一表"),
        ("Append the rows of the next table to this one.", "将下一张表的各行接在本表之后。"),
    ),
    entry(
        "table.split", "table", "t K", ("split table here", "在此拆表"),
        ("This row and those below become a table of their own.", "本行及以下各行另成一表。"),
    ),
    entry(
        "header.edit", "table", "t e", ("edit header", "修改表头"),
        ("Edit the text of the header over this cell in place.", "就地修改此列上方表头的文字。"),
    ),
    entry(
        "table.header_rows", "table", "t H", ("header rows", "表头行数"),
        ("How many rows are the header.", "设置表头占几行。"), argument="number",
    ),
    entry(
        "table.form", "table", "t f", ("form", "表种"),
        ("Which statement or form the table is.", "设置表格所属报表种类。"), argument="form",
    ),
    entry(
        "table.unit", "table", "t u", ("unit", "单位"),
        ("The unit of money of the table.", "设置表格金额单位。"), argument="text",
    ),
    entry(
        "table.title", "table", "t t", ("title", "表名"),
        ("The title of the table.", "设置表名。"), argument="text",
    ),
    entry(
        "table.delete", "table", "t X", ("not a table", "不是表格"),
        ("Remove the table: it is none.", "移除：这不是表格。"),
    ),
)  # fmt: skip
