"""Where something is chosen or typed: lists, cells, the command line."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    # the list of findings
    entry(
        "finding.go", "findings", "enter  e", ("go to cell", "到单元格"),
        ("Put the cursor on the finding's cell.", "光标移到该问题的单元格。"), 15,
    ),
    # choosing from a list
    entry("picker.up", "picker", "up  ctrl+k", ("up", "上"), ("One line up.", "上移一行。")),
    entry("picker.down", "picker", "down  ctrl+n", ("down", "下"), ("One line down.", "下移一行。")),
    entry("picker.page_up", "picker", "pageup", ("page up", "上页"), ("One page up.", "上翻一页。")),
    entry("picker.page_down", "picker", "pagedown", ("page down", "下页"), ("One page down.", "下翻一页。")),
    entry("picker.choose", "picker", "enter", ("choose", "选定"), ("Take the line.", "选定该行。"), 10),
    entry(
        "picker.cancel", "picker", "escape  ctrl+q", ("cancel", "取消"),
        ("Leave without choosing.", "不选择并返回。"), 20,
    ),
    # the list of safe fixes
    entry("fixes.take", "fixes", "enter", ("take all", "全部采纳"), ("Take all fixes listed.", "采纳所列全部修正。"), 10),
    entry(
        "fixes.source_error", "fixes", "a", ("source is wrong", "原文有误"),
        ("Whether the document itself is ruled to be wrong here; recorded with the correction.",
         "是否裁定此处原文本身有误，与更正一并记录。"), 12,
    ),
    entry(
        "fixes.leave_out", "fixes", "x", ("leave out", "不采纳"),
        ("Leave this fix out, or take it in again.", "不采纳此项修正，或重新列入。"), 14,
    ),
    # typing into a cell
    entry("edit.commit", "edit", "enter", ("take it", "确定"), ("Take what was typed.", "确认输入。"), 10),
    entry(
        "edit.commit_right", "edit", "tab", ("take it, next cell", "确定并右移"),
        ("Take what was typed and edit the cell to the right.", "确认并编辑右侧单元格。"), 20,
    ),
    entry("edit.cancel", "edit", "escape  ctrl+q", ("cancel", "取消"), ("Leave it as it was.", "放弃输入。"), 30),
    # the command line
    entry("line.run", "line", "enter", ("run", "执行"), ("Run what was typed.", "执行输入的命令。"), 10),
    entry(
        "line.complete", "line", "tab", ("complete", "补全"),
        ("Complete the name or what it asks for.", "补全名称或内容。"), 20,
    ),
    entry(
        "line.earlier", "line", "up  ctrl+p", ("earlier", "上一条"),
        ("The line typed before this one.", "之前输入的命令。"), 30,
    ),
    entry(
        "line.later", "line", "down  ctrl+n", ("later", "下一条"),
        ("The line typed after this one.", "之后输入的命令。"), 40,
    ),
    entry(
        "line.cancel", "line", "escape  ctrl+q", ("cancel", "取消"),
        ("Leave without running anything.", "不执行并返回。"), 50,
    ),
)  # fmt: skip
