"""The one list of commands: what a key can do, where, and in whose words. Help, palette, key bar, keymap validation and
scripted sessions all read it; a command that is not here does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from workbench.model.message import Message


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key does. `scope` says where it can be called; `bar` ranks it for the key bar (0: not shown there).

    A key is a printable character as typed (`n`, `]`, `?`) or a name (`tab`, `ctrl+d`, `f8`); keys with a space
    between them are a chord, pressed one after another.
    """

    id: str
    scope: str
    default_keys: tuple[str, ...]
    title: Message
    help: Message
    bar: int = 0
    argument: str = ""
    """What may be given with its name on the command line (a word of `argument.…` in the catalogue), "" for nothing."""
    aliases: tuple[str, ...] = ()
    """Short names for the command line."""


SCOPES = ("app", "move", "queue", "review", "table", "findings", "picker", "edit", "line", "group", "image")
"""Where commands live. `app` and `move` hold on every screen, `review` on all panes of the review screen."""

CONTEXTS: dict[str, tuple[str, ...]] = {
    "queue": ("queue", "move", "app"),
    "review.table": ("table", "review", "move", "app"),
    "review.findings": ("findings", "review", "move", "app"),
    "review.source": ("review", "move", "app"),
    "group": ("group", "move", "app"),
    "reader": ("move", "app"),
    "review.image": ("image", "review", "move", "app"),
    "picker": ("picker",),
    "chooser": ("picker", "move"),
    "edit": ("edit",),
    "line": ("line",),
}
"""Which scopes hear a key, by what has the focus; the first that binds the key takes it."""

REQUIRED = ("app.quit", "app.help")
"""Commands that every keymap must leave bound."""


def _command(
    identifier: str,
    scope: str,
    keys: str,
    title: tuple[str, str],
    words: tuple[str, str],
    bar: int = 0,
    argument: str = "",
    aliases: str = "",
) -> Command:
    """A command from short notation: its keys and aliases separated by two spaces, its texts as (English, Chinese)."""
    default_keys = tuple(key for key in keys.split("  ") if key)
    return Command(
        identifier, scope, default_keys, Message(*title), Message(*words), bar, argument, tuple(aliases.split())
    )


COMMANDS: tuple[Command, ...] = (
    # everywhere
    _command(
        "app.help", "app", "?  f1", ("help", "帮助"),
        ("What the keys of the focused pane do, and what the signs mean.",
         "当前窗格的按键及各种标记的含义。"), 90, aliases="h",
    ),
    _command(
        "app.palette", "app", "space  ctrl+p", ("commands", "命令"),
        ("Find any command by a few letters; shows its keys, and why it is off when it is.",
         "按几个字母查找任何命令；显示按键，不可用时说明原因。"), 80,
    ),
    _command(
        "app.line", "app", ":", ("command line", "命令行"),
        ("Type a command by id or name, with what it asks for: form income_summary, goto 2101501, set theme light.",
         "键入命令的名称或标识及其内容：form income_summary、goto 2101501、set theme light。"),
    ),
    _command(
        "app.set", "app", "f3", ("set", "设置"),
        ("Change a setting while the app runs: theme, language, keymap, ambiguous_width, page_image.",
         "运行中更改设置：theme、language、keymap、ambiguous_width、page_image。"), argument="setting",
    ),
    _command(
        "app.export", "app", "f4", ("export", "导出"),
        ("Write the corrected data of the document, or of the documents in the list; the ending of the name says how.",
         "导出本文档或列表中各文档的更正数据，格式取决于文件扩展名。"), argument="path",
    ),
    _command(
        "app.keys", "app", "f2", ("all keys", "全部按键"),
        ("Every command of every screen with its keys in the keymap in use.", "当前键位方案下各界面的全部命令与按键。"),
    ),
    _command(
        "app.theme", "app", "T", ("theme", "主题"),
        ("The next colour theme: dark, light, high contrast, the terminal's own.",
         "切换配色：深色、浅色、高对比、终端自身配色。"), argument="theme", aliases="colorscheme",
    ),
    _command(
        "app.language", "app", "f12", ("language", "语言"),
        ("Switch the interface between English and Chinese.",
         "在英文与中文界面之间切换。"), argument="language", aliases="lang",
    ),
    _command(
        "app.back", "app", "q  escape", ("back", "返回"),
        ("Leave what is open: a search, a selection, the screen. Nothing is lost.",
         "退出当前状态：搜索、选择或界面。不会丢失内容。"), 85,
    ),
    _command(
        "app.quit", "app", "Q  ctrl+q", ("quit", "退出"),
        ("Leave the program. Every step is already in the journal.",
         "退出程序。每一步都已写入日志。"), aliases="q  quit!  exit",
    ),
    # moving
    _command("cursor.up", "move", "k  up", ("up", "上"), ("One line up.", "上移一行。")),
    _command("cursor.down", "move", "j  down", ("down", "下"), ("One line down.", "下移一行。")),
    _command("cursor.left", "move", "h  left", ("left", "左"), ("One column left.", "左移一列。")),
    _command("cursor.right", "move", "l  right", ("right", "右"), ("One column right.", "右移一列。")),
    _command("cursor.page_up", "move", "pageup  ctrl+b", ("page up", "上页"), ("One page up.", "上翻一页。")),
    _command("cursor.page_down", "move", "pagedown  ctrl+f", ("page down", "下页"), ("One page down.", "下翻一页。")),
    _command("cursor.half_up", "move", "ctrl+u", ("half page up", "上半页"), ("Half a page up.", "上翻半页。")),
    _command("cursor.half_down", "move", "ctrl+d", ("half page down", "下半页"), ("Half a page down.", "下翻半页。")),
    _command("cursor.top", "move", "g g  ctrl+home", ("top", "首行"), ("The first line.", "到第一行。")),
    _command("cursor.bottom", "move", "G  ctrl+end", ("bottom", "末行"), ("The last line.", "到最后一行。")),
    _command("cursor.row_start", "move", "0  home", ("row start", "行首"), ("The first column.", "到第一列。")),
    _command("cursor.row_end", "move", "$  end", ("row end", "行尾"), ("The last column.", "到最后一列。")),
    # the queue
    _command(
        "queue.open", "queue", "enter  e", ("review", "复核"),
        ("Open the document for review.", "打开文档进行复核。"), 10,
    ),
    _command(
        "queue.filter", "queue", "/", ("filter", "筛选"),
        ("Show documents whose title, entity or path has these words; facets: status:open form:… rule:… year:2024 assigned:….",
         "按标题、单位、路径筛选；条件：status:open form:… rule:… year:2024 assigned:…。"), 20, argument="filter",
    ),
    _command(
        "queue.facet", "queue", "F", ("narrow by", "按条件"),
        ("Choose a status, form, rule, year, region, reviewer or who has it to narrow the list to; each with its number.",
         "选择状态、表种、规则、年度、地区、复核人或分配对象来缩小范围，并显示各自数量。"), 35, argument="facet",
    ),
    _command(
        "queue.sort", "queue", "o", ("sort", "排序"),
        ("The next order: worst first, by name, by entity, by year, by status.",
         "切换排序：问题最多、名称、单位、年度、状态。"), 30,
    ),
    _command(
        "queue.next_open", "queue", "n", ("next open", "下一份待办"),
        ("The next document with an open finding.", "下一份仍有待处理问题的文档。"), 25,
    ),
    _command(
        "queue.select", "queue", "v", ("select", "选择"),
        ("Mark this document for one command together with others.", "选中该文档，以便一并处理。"),
    ),
    _command(
        "queue.select_all", "queue", "V", ("select all", "全选"),
        ("Mark every document of the list, or none.", "全选或取消全选。"),
    ),
    _command(
        "queue.assign", "queue", "A", ("assign", "分配"),
        ("Say who is to review the document, or the marked ones: you, another, nobody.",
         "指定由谁复核该文档或所选文档：自己、他人或无人。"), 92, argument="person",
    ),
    _command(
        "queue.mine", "queue", "@", ("mine", "我的"),
        ("Only the documents that are assigned to you, or all again.", "只看分配给我的文档，再按恢复全部。"), 95,
    ),
    _command(
        "queue.status", "queue", "z s", ("set status", "设置状态"),
        ("Set where the document stands, or the marked ones: done only where nothing is open.",
         "设置该文档或所选文档的状态；仍有问题的不会标为完成。"), argument="status",
    ),
    _command(
        "queue.last", "queue", "'", ("where I was", "上次所在"),
        ("The document that you had open last, today or before.", "回到上次打开的文档。"),
    ),
    _command(
        "queue.group", "queue", "R", ("by rule", "按规则"),
        ("Review the findings of one rule over all documents.", "跨文档复核同一规则的全部问题。"), 40, argument="rule",
    ),
    _command(
        "queue.stats", "queue", "S", ("statistics", "统计"),
        ("How far the set is, and which rules fail most.", "整体进度以及各规则的失败情况。"), 50,
    ),
    _command(
        "queue.problem", "queue", "p", ("why", "原因"),
        ("What was noticed while reading the document.", "阅读文档时发现的情况。"),
    ),
    # findings across documents
    _command(
        "group.open", "group", "enter  e", ("review", "复核"),
        ("Open the document at this finding.", "打开文档并定位到该问题。"), 10,
    ),
    _command(
        "group.select", "group", "v", ("select", "选择"),
        ("Mark this finding for one decision together with others.", "选中该问题，以便一并裁定。"), 20,
    ),
    _command(
        "group.select_all", "group", "V", ("select all", "全选"),
        ("Mark every finding of the list, or none.", "全选或取消全选。"), 25,
    ),
    _command(
        "group.source_error", "group", "a", ("source is wrong", "原文有误"),
        ("Rule for the marked findings that the documents themselves are wrong.",
         "裁定所选问题为原文本身有误。"), 30, argument="note",
    ),
    _command(
        "group.waive", "group", "x", ("waive", "豁免"),
        ("Set the marked findings aside with one reason.", "以同一理由豁免所选问题。"), 40, argument="reason",
    ),
    _command(
        "group.defer", "group", "s", ("later", "稍后"),
        ("Leave the marked findings for later.", "所选问题留待以后处理。"), 50,
    ),
    # the review screen: going places
    _command(
        "finding.next", "review", "n  ] d  f8", ("next finding", "下一问题"),
        ("The next open finding; after the last one the next document is offered.",
         "下一个待处理问题；最后一个之后提示进入下一文档。"), 10,
    ),
    _command(
        "finding.previous", "review", "N  [ d  shift+f8", ("previous finding", "上一问题"),
        ("The previous open finding.", "上一个待处理问题。"),
    ),
    _command(
        "finding.first", "review", "[ D", ("first finding", "首个问题"),
        ("The first open finding.", "第一个待处理问题。"),
    ),
    _command(
        "finding.last", "review", "] D", ("last finding", "末个问题"),
        ("The last open finding.", "最后一个待处理问题。"),
    ),
    _command(
        "finding.cell_next", "review", "] c", ("next place", "下一处"),
        ("The next cell that the finding speaks of, in whatever table it is.",
         "该问题涉及的下一个单元格，不论在哪张表。"), 38,
    ),
    _command(
        "finding.cell_previous", "review", "[ c", ("previous place", "上一处"),
        ("The cell before it that the finding speaks of.", "该问题涉及的上一个单元格。"),
    ),
    _command("table.next", "review", "] t", ("next table", "下一表"), ("The next table.", "下一张表。")),
    _command("table.previous", "review", "[ t", ("previous table", "上一表"), ("The previous table.", "上一张表。")),
    _command(
        "correction.next", "review", "] e", ("next correction", "下一更正"),
        ("The next corrected cell.", "下一个已更正单元格。"),
    ),
    _command(
        "correction.previous", "review", "[ e", ("previous correction", "上一更正"),
        ("The previous corrected cell.", "上一个已更正单元格。"),
    ),
    _command(
        "flag.next", "review", "] f", ("next flag", "下一标记"),
        ("The next flagged cell.", "下一个已标记单元格。"),
    ),
    _command(
        "flag.previous", "review", "[ f", ("previous flag", "上一标记"),
        ("The previous flagged cell.", "上一个已标记单元格。"),
    ),
    _command(
        "document.next", "review", "J", ("next document", "下一文档"),
        ("The next document of the queue as it is filtered.", "队列中的下一份文档。"), 60,
    ),
    _command(
        "document.previous", "review", "K", ("previous document", "上一文档"),
        ("The previous document of the queue.", "队列中的上一份文档。"),
    ),
    _command(
        "table.list", "review", "g t", ("tables", "表格目录"),
        ("The tables of the document, each with its state; type to find one.",
         "文档中的全部表格及状态，可键入查找。"), argument="table",
    ),
    _command(
        "row.find", "review", "g r", ("find row", "查找行"),
        ("Go to a row of any table by a few characters of its label or code.",
         "按标签或编码的几个字符跳到任一表的行。"), argument="row", aliases="goto",
    ),
    _command(
        "table.compare", "review", "z =", ("compare tables", "对照两表"),
        ("The figures that this table and another have under the same names, those that differ first; Enter goes to the other side.",
         "本表与另一表同名各项的数字对照，不同的在前；Enter 到对方单元格。"), argument="table", aliases="compare",
    ),
    _command("page.next", "review", "] p", ("next page", "下一页"), ("The next page of the source.", "原文下一页。")),
    _command(
        "page.previous", "review", "[ p", ("previous page", "上一页"),
        ("The previous page of the source.", "原文上一页。"),
    ),
    _command(
        "jump.back", "review", "ctrl+o  [ j", ("jump back", "跳回"),
        ("Where the cursor was before the last jump, also in the document before.",
         "回到上次跳转前的位置，包括上一份文档。"),
    ),
    _command(
        "jump.forward", "review", "] j", ("jump forward", "前跳"),
        ("Forward again, to where the last jump back came from.", "再回到跳回之前的位置。"),
    ),
    _command(
        "search.open", "review", "/", ("search", "搜索"),
        ("Find text in the tables and in the source.", "在表格和原文中查找文字。"), 70, argument="text",
    ),
    _command(
        "search.next", "review", ".", ("next match", "下一处"),
        ("The next place that matches the search.", "下一处匹配。"),
    ),
    _command(
        "search.previous", "review", ",", ("previous match", "上一处"),
        ("The previous place that matches.", "上一处匹配。"),
    ),
    _command(
        "focus.next", "review", "tab", ("next pane", "下一窗格"),
        ("Focus the next pane.", "切换到下一窗格。"), 65,
    ),
    _command(
        "focus.previous", "review", "shift+tab", ("previous pane", "上一窗格"),
        ("Focus the previous pane.", "切换到上一窗格。"),
    ),
    _command("focus.source", "review", "1", ("source", "原文"), ("Focus the source text.", "聚焦原文。")),
    _command("focus.table", "review", "2", ("table", "表格"), ("Focus the table.", "聚焦表格。")),
    _command("focus.findings", "review", "3", ("findings", "问题"), ("Focus the list of findings.", "聚焦问题列表。")),
    _command(
        "focus.detail", "review", "4", ("explanation", "说明"),
        ("Focus the explanation of the finding, to read all of it.", "聚焦问题说明，以便读全。"),
    ),
    # the review screen: deciding
    _command(
        "suggestion.take", "review", "c", ("take the fix", "采纳修正"),
        ("Take the best suggestion of the finding and go on; with several near each other, choose by number.",
         "采纳该问题的最佳建议并前进；几个建议相近时按数字选择。"), 20,
    ),
    _command(
        "suggestion.choose", "review", "v", ("all fixes", "全部建议"),
        ("All suggestions of the finding with what each clears and breaks; 1–9 takes one.",
         "列出该问题的全部建议及各自解决和引发的问题；按 1–9 采纳。"), argument="number",
    ),
    _command(
        "suggestion.take_safe", "review", "C", ("take all safe", "采纳全部稳妥修正"),
        ("List every suggestion that clears something and breaks nothing, and take them all.",
         "列出所有只解决、不引发问题的建议，一并采纳。"), 45,
    ),
    _command(
        "finding.source_error", "review", "a", ("source is wrong", "原文有误"),
        ("Rule that the document itself is wrong, with a note if you like, and go on.",
         "裁定原文本身有误（可附说明）并前进。"), 30, argument="note",
    ),
    _command(
        "finding.waive", "review", "x", ("waive", "豁免"),
        ("Set the finding aside with a reason and go on.", "说明理由后豁免该问题并前进。"), 35, argument="reason",
    ),
    _command(
        "finding.defer", "review", "s", ("later", "稍后"),
        ("Leave the finding for later and go on.", "留待以后并前进。"), 40,
    ),
    _command(
        "ruling.repeat", "review", ";", ("same again", "同前裁定"),
        ("Your last ruling once more, on this finding: the same verdict with the same reason; and go on.",
         "以上一次的裁定和理由裁定此问题，并前进。"), 42,
    ),
    _command(
        "ruling.repeat_all", "review", "z ;", ("same for all like it", "同类一并裁定"),
        ("List the open findings of this rule in the document, and rule on all of them as you did last.",
         "列出本文件中同一规则的未决问题，全部按上一次的裁定处理。"),
    ),
    _command(
        "finding.note", "review", "z m", ("note on finding", "问题备注"),
        ("A note on the finding: beside its ruling, or with none it is left for later with the note.",
         "对该问题的备注：附于裁定；尚未裁定的连同备注留待以后。"), argument="note",
    ),
    _command(
        "finding.reopen", "review", "X", ("reopen", "重新打开"),
        ("Take the decision on the finding back.", "撤回对该问题的裁定。"),
    ),
    _command(
        "cell.right", "review", "y", ("cell is right", "此格无误"),
        ("Say that this cell is as the source prints it: no suggestion may change it.",
         "确认此格与原文一致，任何建议不得改动。"),
    ),
    _command(
        "rule.waive", "review", "z x", ("waive the rule here", "本文档停用规则"),
        ("Say that the rule of this finding does not apply in this document.",
         "声明该规则不适用于本文档。"), argument="reason",
    ),
    _command(
        "edit.undo", "review", "u  ctrl+z", ("undo", "撤销"),
        ("Take the last step back; the cursor goes there.", "撤销上一步，光标随之移动。"), 55,
    ),
    _command("edit.redo", "review", "U  ctrl+y", ("redo", "重做"), ("Do the undone step again.", "重做被撤销的一步。")),
    _command(
        "equation.show", "review", "=", ("equation", "算式"),
        ("The equation that this cell stands in: total, terms, difference; again for the next one.",
         "此格所在的算式：合计、各项、差额；再按看下一个。"), 50,
    ),
    _command(
        "diff.toggle", "review", "d", ("printed / corrected", "原文/更正"),
        ("Show what is printed instead of what was corrected.", "显示原文印制内容而非更正后内容。"),
    ),
    _command(
        "diff.list", "review", "z d", ("all changes", "全部改动"),
        ("Every change made to the document, before and after.", "对文档的全部改动，前后对照。"),
    ),
    _command(
        "review.done", "review", "D", ("done", "完成"),
        ("Mark the document as done; refused while findings are open.", "标记文档已完成；仍有问题时会拒绝。"),
    ),
    _command(
        "review.status", "review", "z s", ("set status", "设置状态"),
        ("Set where the document stands: in review, needs a second pair of eyes, rejected.",
         "设置文档状态：复核中、需二次复核、已退回。"), argument="status",
    ),
    _command(
        "conflict.settle", "review", "z c", ("settle conflicts", "处理冲突"),
        ("What another reviewer changed differently in the meantime: keep ours or take theirs.",
         "处理其他复核人同时作出的不同改动：保留我方或采用对方。"),
    ),
    _command(
        "review.assign", "review", "z a", ("assign", "分配"),
        ("Say who is to review this document: you, another, nobody.",
         "指定由谁复核本文档：自己、他人或无人。"), argument="person",
    ),
    _command(
        "review.news", "review", "z n", ("what is new", "新变化"),
        ("What others did since you had the document open last, and where it reads otherwise now; Enter goes there.",
         "自上次打开以来他人所作的处理，以及本次读取有何不同；Enter 前往。"), 12,
    ),
    _command(
        "review.note", "review", "M", ("document note", "文档备注"),
        ("A note on the whole document.", "对整份文档的备注。"), argument="note",
    ),
    _command(
        "record.save", "review", "w", ("save", "保存"),
        ("Write the record file now.", "立即写入复核记录。"), 58, aliases="w  write",
    ),
    _command(
        "source.image", "review", "O", ("page picture", "页面图像"),
        ("The picture of the page in the place of the source text, the cell framed; again for the text (PDF, images).",
         "以页面图像代替原文并框出单元格；再按恢复文字（PDF）。"),
    ),
    _command("image.zoom_in", "image", "+  >", ("closer", "放大"), ("A larger picture.", "放大图像。"), 10),
    _command("image.zoom_out", "image", "-  <", ("farther", "缩小"), ("A smaller picture.", "缩小图像。"), 20),
    _command(
        "source.show", "review", "o", ("show source", "看原文"),
        ("Scroll the source to this cell.", "原文滚动到此格。"),
    ),
    _command(
        "view.zoom", "review", "f11  z z", ("full pane", "放大窗格"),
        ("The focused pane alone, or all panes.", "仅显示当前窗格，或恢复。"),
    ),
    _command(
        "view.layout", "review", "\\", ("layout", "布局"),
        ("Source beside the table, above it, or hidden.", "原文在表格旁、上方或隐藏。"),
    ),
    _command("view.wider", "review", ">", ("wider table", "加宽表格"), ("More room for the table.", "表格更宽。")),
    _command("view.narrower", "review", "<", ("wider source", "加宽原文"), ("More room for the source.", "原文更宽。")),
    _command(
        "source.wrap", "review", "z w", ("wrap", "折行"),
        ("Wrap prose only, everything, or nothing.", "仅折行文、全部折行或不折行。"),
    ),
    # the table
    _command("cell.edit", "table", "e  enter", ("edit", "编辑"), ("Edit the cell in place.", "就地编辑单元格。"), 15),
    _command(
        "cell.edit_external", "table", "i", ("edit in $EDITOR", "用编辑器"),
        ("Edit the cell in your editor.", "在外部编辑器中编辑。"),
    ),
    _command(
        "cell.show", "table", "p", ("whole cell", "完整内容"),
        ("The cell's full text, its places and its history.", "单元格全文、位置与修改历史。"),
    ),
    _command(
        "cell.revert", "table", "r", ("revert", "还原"),
        ("Back to what the source prints.", "恢复为原文印制内容。"),
    ),
    _command(
        "cell.flag", "table", "f", ("flag", "标记"),
        ("Flag the cell, or take the flag off.", "标记或取消标记单元格。"),
    ),
    _command("cell.note", "table", "m", ("note", "备注"), ("A note on the cell.", "对单元格的备注。"), argument="note"),
    _command(
        "cell.copy", "table", "Y", ("copy", "复制"),
        ("Copy the cell or the selection to the clipboard.", "复制单元格或选区。"),
    ),
    _command("cell.paste", "table", "P", ("paste", "粘贴"), ("Paste a block of cells here.", "从此处粘贴一块单元格。")),
    _command(
        "select.toggle", "table", "S", ("select", "选择"),
        ("Start or end a selection of cells.", "开始或结束选择单元格。"),
    ),
    _command(
        "select.clear_cells", "table", "delete", ("empty cells", "清空"),
        ("Empty the cell or the selection.", "清空单元格或选区。"),
    ),
    _command("column.wider", "table", "+", ("wider column", "加宽列"), ("Widen the column.", "加宽该列。")),
    _command("column.narrower", "table", "-", ("narrower column", "收窄列"), ("Narrow the column.", "收窄该列。")),
    # the shape of the table
    _command(
        "cells.shift_right", "table", "t l", ("shift cells right", "右移单元格"),
        ("Move this cell and those right of it one column right.", "此格及右侧各格右移一列。"),
    ),
    _command(
        "cells.shift_left", "table", "t h", ("shift cells left", "左移单元格"),
        ("Move this cell and those right of it one column left.", "此格及右侧各格左移一列。"),
    ),
    _command(
        "cells.merge", "table", "t m", ("merge with right", "并入右格"),
        ("Put the right neighbour's text behind this one's.", "将右侧单元格的文字接在此格之后。"),
    ),
    _command(
        "cells.split", "table", "t s", ("split cell", "拆分单元格"),
        ("Move the end of this cell's text into the empty right neighbour.", "将此格文字的后部移入右侧空格。"),
    ),
    _command(
        "row.insert", "table", "t o", ("insert row below", "下方插入行"),
        ("A blank row below this one.", "在下方插入空行。"),
    ),
    _command(
        "row.insert_above", "table", "t O", ("insert row above", "上方插入行"),
        ("A blank row above this one.", "在上方插入空行。"),
    ),
    _command(
        "row.delete", "table", "t d", ("delete row", "删除行"),
        ("Delete the row (or the rows selected).", "删除该行（或所选各行）。"),
    ),
    _command(
        "row.merge", "table", "t j", ("merge with row below", "与下行合并"),
        ("Join this row and the next, column by column.", "将本行与下一行逐列合并。"),
    ),
    _command(
        "row.split", "table", "t k", ("split row", "拆分行"),
        ("Cut the row in two: each cell's lines after the first go below.", "将该行拆为两行。"),
    ),
    _command(
        "column.insert", "table", "t a", ("insert column", "插入列"),
        ("A blank column before this one.", "在此列前插入空列。"), argument="text",
    ),
    _command("column.delete", "table", "t D", ("delete column", "删除列"), ("Delete the column.", "删除该列。")),
    _command(
        "table.join", "table", "t J", ("join next table", "并入下一表"),
        ("Append the rows of the next table to this one.", "将下一张表的各行接在本表之后。"),
    ),
    _command(
        "table.split", "table", "t K", ("split table here", "在此拆表"),
        ("This row and those below become a table of their own.", "本行及以下各行另成一表。"),
    ),
    _command(
        "header.edit", "table", "t e", ("edit header", "修改表头"),
        ("Edit the text of the header over this cell in place.", "就地修改此列上方表头的文字。"),
    ),
    _command(
        "table.header_rows", "table", "t H", ("header rows", "表头行数"),
        ("How many rows are the header.", "设置表头占几行。"), argument="number",
    ),
    _command(
        "table.form", "table", "t f", ("form", "表种"),
        ("Which statement or form the table is.", "设置表格所属报表种类。"), argument="form",
    ),
    _command(
        "table.unit", "table", "t u", ("unit", "单位"),
        ("The unit of money of the table.", "设置表格金额单位。"), argument="text",
    ),
    _command(
        "table.title", "table", "t t", ("title", "表名"),
        ("The title of the table.", "设置表名。"), argument="text",
    ),
    _command(
        "table.delete", "table", "t X", ("not a table", "不是表格"),
        ("Remove the table: it is none.", "移除：这不是表格。"),
    ),
    # the list of findings
    _command(
        "finding.go", "findings", "enter  e", ("go to cell", "到单元格"),
        ("Put the cursor on the finding's cell.", "光标移到该问题的单元格。"), 15,
    ),
    # choosing from a list
    _command("picker.up", "picker", "up  ctrl+k", ("up", "上"), ("One line up.", "上移一行。")),
    _command("picker.down", "picker", "down  ctrl+n", ("down", "下"), ("One line down.", "下移一行。")),
    _command("picker.page_up", "picker", "pageup", ("page up", "上页"), ("One page up.", "上翻一页。")),
    _command("picker.page_down", "picker", "pagedown", ("page down", "下页"), ("One page down.", "下翻一页。")),
    _command("picker.choose", "picker", "enter", ("choose", "选定"), ("Take the line.", "选定该行。"), 10),
    _command(
        "picker.cancel", "picker", "escape  ctrl+q", ("cancel", "取消"),
        ("Leave without choosing.", "不选择并返回。"), 20,
    ),
    # typing
    _command("edit.commit", "edit", "enter", ("take it", "确定"), ("Take what was typed.", "确认输入。"), 10),
    _command(
        "edit.commit_right", "edit", "tab", ("take it, next cell", "确定并右移"),
        ("Take what was typed and edit the cell to the right.", "确认并编辑右侧单元格。"), 20,
    ),
    _command("edit.cancel", "edit", "escape  ctrl+q", ("cancel", "取消"), ("Leave it as it was.", "放弃输入。"), 30),
    # the command line
    _command("line.run", "line", "enter", ("run", "执行"), ("Run what was typed.", "执行输入的命令。"), 10),
    _command(
        "line.complete", "line", "tab", ("complete", "补全"),
        ("Complete the name or what it asks for.", "补全名称或内容。"), 20,
    ),
    _command(
        "line.earlier", "line", "up  ctrl+p", ("earlier", "上一条"),
        ("The line typed before this one.", "之前输入的命令。"), 30,
    ),
    _command(
        "line.later", "line", "down  ctrl+n", ("later", "下一条"),
        ("The line typed after this one.", "之后输入的命令。"), 40,
    ),
    _command(
        "line.cancel", "line", "escape  ctrl+q", ("cancel", "取消"),
        ("Leave without running anything.", "不执行并返回。"), 50,
    ),
)  # fmt: skip


@cache
def commands_by_id() -> dict[str, Command]:
    """Every command by its id."""
    return {command.id: command for command in COMMANDS}


def command(identifier: str) -> Command:
    """The command with this id. Raises KeyError where there is none."""
    return commands_by_id()[identifier]
