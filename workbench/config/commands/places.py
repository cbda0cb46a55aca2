"""On the review screen: going from finding to finding, table to table, pane to pane."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    entry(
        "finding.next", "review", "n  ] d  f8", ("next finding", "下一问题"),
        ("The next open finding; after the last one the next document is offered.",
         "下一个待处理问题；最后一个之后提示进入下一文档。"), 10,
    ),
    entry(
        "finding.previous", "review", "N  [ d  shift+f8", ("previous finding", "上一问题"),
        ("The previous open finding.", "上一个待处理问题。"),
    ),
    entry(
        "finding.first", "review", "[ D", ("first finding", "首个问题"),
        ("The first open finding.", "第一个待处理问题。"),
    ),
    entry(
        "finding.last", "review", "] D", ("last finding", "末个问题"),
        ("The last open finding.", "最后一个待处理问题。"),
    ),
    entry(
        "finding.narrow", "review", "F", ("narrow by", "按条件"),
        ("Choose an error or warning, a fix, rule or table to narrow the list of findings to, and what next and previous go through.",
         "按严重程度、修正、规则或表格缩小问题列表，“下一问题”只在其中前进。"),
    ),
    entry(
        "finding.cell_next", "review", "] c", ("next place", "下一处"),
        ("The next cell that the finding speaks of, in whatever table it is.",
         "该问题涉及的下一个单元格，不论在哪张表。"), 38,
    ),
    entry(
        "finding.cell_previous", "review", "[ c", ("previous place", "上一处"),
        ("The cell before it that the finding speaks of.", "该问题涉及的上一个单元格。"),
    ),
    entry("table.next", "review", "] t", ("next table", "下一表"), ("The next table.", "下一张表。")),
    entry("table.previous", "review", "[ t", ("previous table", "上一表"), ("The previous table.", "上一张表。")),
    entry(
        "correction.next", "review", "] e", ("next correction", "下一更正"),
        ("The next corrected cell.", "下一个已更正单元格。"),
    ),
    entry(
        "correction.previous", "review", "[ e", ("previous correction", "上一更正"),
        ("The previous corrected cell.", "上一个已更正单元格。"),
    ),
    entry(
        "flag.next", "review", "] f", ("next flag", "下一标记"),
        ("The next flagged cell.", "下一个已标记单元格。"),
    ),
    entry(
        "flag.previous", "review", "[ f", ("previous flag", "上一标记"),
        ("The previous flagged cell.", "上一个已标记单元格。"),
    ),
    entry(
        "document.next", "review", "J", ("next document", "下一文档"),
        ("The next document of the queue, as it is filtered, that has something to settle.",
         "队列（按当前筛选）中下一份有问题待处理的文档。"), 60,
    ),
    entry(
        "document.previous", "review", "K", ("previous document", "上一文档"),
        ("The previous document of the queue, also one that is done.", "队列中的上一份文档，已完成的也包括在内。"),
    ),
    entry(
        "table.list", "review", "g t", ("tables", "表格目录"),
        ("The tables of the document, each with its state; type to find one.",
         "文档中的全部表格及状态，可键入查找。"), argument="table",
    ),
    entry(
        "row.find", "review", "g r", ("find row", "查找行"),
        ("Go to a row of any table by a few characters of its label or code.",
         "按标签或编码的几个字符跳到任一表的行。"), argument="row", aliases="goto",
    ),
    entry(
        "table.compare", "review", "z =", ("compare tables", "对照两表"),
        ("The figures that this table and another, also of the body's other documents, have under the same names; Enter goes there.",
         "本表与另一表（也可为本单位其他年度文档的同类表）同名各项的数字对照；Enter 前往该格。"), argument="table", aliases="compare",
    ),
    entry("page.next", "review", "] p", ("next page", "下一页"), ("The next page of the source.", "原文下一页。")),
    entry(
        "page.previous", "review", "[ p", ("previous page", "上一页"),
        ("The previous page of the source.", "原文上一页。"),
    ),
    entry(
        "jump.back", "review", "ctrl+o  [ j", ("jump back", "跳回"),
        ("Where the cursor was before the last jump, also in the document before.",
         "回到上次跳转前的位置，包括上一份文档。"),
    ),
    entry(
        "jump.forward", "review", "] j", ("jump forward", "前跳"),
        ("Forward again, to where the last jump back came from.", "再回到跳回之前的位置。"),
    ),
    entry(
        "search.open", "review", "/", ("search", "搜索"),
        ("Find text in the tables and in the source; a figure with its unit also in other units.", "在表格和原文中查找文字；数字带单位则不论单位。"), 70, argument="text",
    ),
    entry(
        "search.everywhere", "review", "z /", ("search documents", "跨文档查找"),
        ("Find text or a figure in all documents of the queue, as it is filtered; Enter goes there.",
         "在队列（按当前筛选）的全部文档中查找文字或数字，回车前往。"), argument="text",
    ),
    entry(
        "search.next", "review", ".", ("next match", "下一处"),
        ("The next place that matches the search.", "下一处匹配。"),
    ),
    entry(
        "search.previous", "review", ",", ("previous match", "上一处"),
        ("The previous place that matches.", "上一处匹配。"),
    ),
    entry(
        "search.same", "review", "*", ("same elsewhere", "查相同"),
        ("The next place that has this figure, in tables, text and source, also in another unit; or this text.",
         "下一个有同一数字的地方（表格、文字和原文，单位不同也算）；文字亦然。"),
    ),
    entry(
        "focus.next", "review", "tab", ("next pane", "下一窗格"),
        ("Focus the next pane.", "切换到下一窗格。"), 65,
    ),
    entry(
        "focus.previous", "review", "shift+tab", ("previous pane", "上一窗格"),
        ("Focus the previous pane.", "切换到上一窗格。"),
    ),
    entry("focus.source", "review", "1", ("source", "原文"), ("Focus the source text.", "切换到原文。")),
    entry("focus.table", "review", "2", ("table", "表格"), ("Focus the table.", "切换到表格。")),
    entry("focus.findings", "review", "3", ("findings", "问题"), ("Focus the list of findings.", "切换到问题列表。")),
    entry(
        "focus.detail", "review", "4", ("explanation", "说明"),
        ("Focus the explanation of the finding, to read all of it.", "切换到问题说明，以便读全。"),
    ),
)  # fmt: skip
