"""On every screen: help, settings, leaving, and moving over lines."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    # the app
    entry(
        "app.help", "app", "?  f1", ("help", "帮助"),
        ("What the keys of the focused pane do, and what the signs mean.",
         "当前窗格的按键及各种标记的含义。"), 90, aliases="h",
    ),
    entry(
        "app.palette", "app", "space  ctrl+p", ("commands", "命令"),
        ("Find any command by a few letters; shows its keys, and why it is off when it is.",
         "按几个字母查找任何命令；显示按键，不可用时说明原因。"), 80,
    ),
    entry(
        "app.line", "app", ":", ("command line", "命令行"),
        ("Type a command by id or name, with what it asks for: form income_summary, goto 2101501, set theme light.",
         "键入命令的名称或标识及其内容：form income_summary、goto 2101501、set theme light。"),
    ),
    entry(
        "app.set", "app", "f3", ("set", "设置"),
        ("Change a setting while the app runs: theme, language, keymap, ambiguous_width, page_image.",
         "运行中更改设置：theme、language、keymap、ambiguous_width、page_image。"), argument="setting",
    ),
    entry(
        "app.export", "app", "f4", ("export", "导出"),
        ("Write the corrected data of the document, or of the documents in the list; the ending of the name says how.",
         "导出本文档或列表中各文档的更正数据，格式取决于文件扩展名。"), argument="path",
    ),
    entry(
        "app.keys", "app", "f2", ("all keys", "全部按键"),
        ("Every command of every screen with its keys in the keymap in use.", "当前键位方案下各界面的全部命令与按键。"),
    ),
    entry(
        "app.theme", "app", "T", ("theme", "主题"),
        ("The next colour theme: dark, light, high contrast, the terminal's own.",
         "切换配色：深色、浅色、高对比、终端自身配色。"), argument="theme", aliases="colorscheme",
    ),
    entry(
        "app.language", "app", "f12", ("language", "语言"),
        ("Switch the interface between English and Chinese.",
         "在英文与中文界面之间切换。"), argument="language", aliases="lang",
    ),
    entry(
        "app.back", "app", "q  escape", ("back", "返回"),
        ("Leave what is open: a search, a selection, the screen. Nothing is lost.",
         "退出当前状态：搜索、选择或界面。不会丢失内容。"), 85,
    ),
    entry(
        "app.quit", "app", "Q  ctrl+q", ("quit", "退出"),
        ("Leave the program. Every step is already in the journal.",
         "退出程序。每一步都已写入日志。"), aliases="q  q!  qa  wq  x  quit!  exit",
    ),
    entry(
        "app.suspend", "app", "z Z", ("to the shell", "挂起"),
        ("Back to the shell for a while; fg there brings the app back as it was.",
         "暂时回到命令行；在命令行键入 fg 即可返回，一切如旧。"), aliases="sh  shell  suspend",
    ),
    # moving
    entry("cursor.up", "move", "k  up", ("up", "上"), ("One line up.", "上移一行。")),
    entry("cursor.down", "move", "j  down", ("down", "下"), ("One line down.", "下移一行。")),
    entry("cursor.left", "move", "h  left", ("left", "左"), ("One column left.", "左移一列。")),
    entry("cursor.right", "move", "l  right", ("right", "右"), ("One column right.", "右移一列。")),
    entry("cursor.page_up", "move", "pageup  ctrl+b", ("page up", "上页"), ("One page up.", "上翻一页。")),
    entry("cursor.page_down", "move", "pagedown  ctrl+f", ("page down", "下页"), ("One page down.", "下翻一页。")),
    entry("cursor.half_up", "move", "ctrl+u", ("half page up", "上半页"), ("Half a page up.", "上翻半页。")),
    entry("cursor.half_down", "move", "ctrl+d", ("half page down", "下半页"), ("Half a page down.", "下翻半页。")),
    entry("cursor.top", "move", "g g  ctrl+home", ("top", "首行"), ("The first line.", "到第一行。")),
    entry("cursor.bottom", "move", "G  ctrl+end", ("bottom", "末行"), ("The last line.", "到最后一行。")),
    entry("cursor.row_start", "move", "0  home", ("row start", "行首"), ("The first column.", "到第一列。")),
    entry("cursor.row_end", "move", "$  end", ("row end", "行尾"), ("The last column.", "到最后一列。")),
)  # fmt: skip
