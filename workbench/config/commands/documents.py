"""On the lists of documents: the queue, and findings that several documents share."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    # the queue
    entry(
        "queue.open", "queue", "enter  e", ("review", "复核"),
        ("Open the document for review.", "打开文档进行复核。"), 10,
    ),
    entry(
        "queue.filter", "queue", "/", ("filter", "筛选"),
        ("Show documents whose title, entity or path has these words; facets: status:open form:… rule:… year:2024 assigned:….",
         "按标题、单位、路径筛选；条件：状态:待处理 表种:… 规则:… 年度:2024 分配给:…。"), 20, argument="filter",
    ),
    entry(
        "queue.facet", "queue", "F", ("narrow by", "按条件"),
        ("Choose a status, form, rule, year, region, reviewer or who has it to narrow the list to; each with its number.",
         "选择状态、表种、规则、年度、地区、复核人或分配对象来缩小范围，并显示各自数量。"), 35, argument="facet",
    ),
    entry(
        "queue.sort", "queue", "o", ("sort", "排序"),
        ("The next order: worst first, by name, by entity, by year, by status.",
         "切换排序：问题最多、名称、单位、年度、状态。"), 30,
    ),
    entry(
        "queue.next_open", "queue", "n", ("next open", "下一份待处理"),
        ("The next document with an open finding.", "下一份仍有待处理问题的文档。"), 25,
    ),
    entry(
        "queue.select", "queue", "v", ("select", "选择"),
        ("Mark this document for one command together with others.", "选中该文档，以便一并处理。"),
    ),
    entry(
        "queue.select_all", "queue", "V", ("select all", "全选"),
        ("Mark every document of the list, or none.", "全选或取消全选。"),
    ),
    entry(
        "queue.assign", "queue", "A", ("assign", "分配"),
        ("Say who is to review the document, or the marked ones: you, another, nobody.",
         "指定由谁复核该文档或所选文档：自己、他人或无人。"), 92, argument="person",
    ),
    entry(
        "queue.mine", "queue", "@", ("mine", "我的"),
        ("Only the documents that are assigned to you, or all again.", "只看分配给我的文档，再按恢复全部。"), 95,
    ),
    entry(
        "queue.status", "queue", "z s", ("set status", "设置状态"),
        ("Set where the document stands, or the marked ones: done only where nothing is open.",
         "设置该文档或所选文档的状态；仍有问题的不会标为完成。"), argument="status",
    ),
    entry(
        "queue.undo", "queue", "u  ctrl+z", ("undo", "撤销"),
        ("Take back what was said last of who has documents, or where they stand.",
         "撤销上一次的分配或状态设置。"),
    ),
    entry(
        "queue.last", "queue", "'", ("where I was", "上次所在"),
        ("The document that you had open last, today or before.", "回到上次打开的文档。"),
    ),
    entry(
        "queue.group", "queue", "R", ("by rule", "按规则"),
        ("Review the findings of one rule over all documents.", "跨文档复核同一规则的全部问题。"), 40, argument="rule",
    ),
    entry(
        "queue.search", "queue", "z /", ("search documents", "跨文档查找"),
        ("Find text or a figure in all documents of the list; Enter goes there.",
         "在列表的全部文档中查找文字或数字，回车前往。"), 97, argument="text",
    ),
    entry(
        "queue.stats", "queue", "S", ("statistics", "统计"),
        ("How far the set is, and which rules fail most.", "整体进度以及各规则的不符情况。"), 50,
    ),
    entry(
        "queue.look_again", "queue", "f5", ("look again", "重新查找"),
        ("Take in documents that came, changed or went, and what others did in the records meanwhile.",
         "读入新增、有变动的文档，去掉已不存在的，并更新他人的复核进展。"), aliases="reload  refresh",
    ),
    entry(
        "queue.problem", "queue", "p", ("why", "原因"),
        ("What was noticed while reading the document.", "读取文档时发现的情况。"),
    ),
    # findings across documents
    entry(
        "group.open", "group", "enter  e", ("review", "复核"),
        ("Open the document at this finding.", "打开文档并定位到该问题。"), 10,
    ),
    entry(
        "group.select", "group", "v", ("select", "选择"),
        ("Mark this finding for one decision together with others.", "选中该问题，以便一并裁定。"), 20,
    ),
    entry(
        "group.select_all", "group", "V", ("select all", "全选"),
        ("Mark every finding of the list, or none.", "全选或取消全选。"), 25,
    ),
    entry(
        "group.take", "group", "c", ("take fix", "采纳修正"),
        ("Take the safe fix that the marked findings show.", "采纳所选问题所示的稳妥修正。"), 27,
    ),
    entry(
        "group.take_source", "group", "A", ("fix, source is wrong", "采纳并记原文有误"),
        ("Take the safe fixes shown, and rule that the documents themselves are wrong.",
         "采纳所示修正，并裁定原文本身有误。"), 60,
    ),
    entry(
        "group.source_error", "group", "a", ("source is wrong", "原文有误"),
        ("Rule for the marked findings that the documents themselves are wrong.",
         "裁定所选问题为原文本身有误。"), 30, argument="note",
    ),
    entry(
        "group.waive", "group", "x", ("waive", "豁免"),
        ("Set the marked findings aside with one reason.", "以同一理由豁免所选问题。"), 40, argument="reason",
    ),
    entry(
        "group.defer", "group", "s", ("later", "稍后"),
        ("Leave the marked findings for later.", "所选问题留待以后处理。"), 50,
    ),
    entry(
        "group.undo", "group", "u  ctrl+z", ("undo", "撤销"),
        ("Take back what the last command of this list did, in all its documents.",
         "在所涉全部文档中撤销本列表的上一个命令。"), 55,
    ),
    # places across documents
    entry(
        "hits.open", "hits", "enter  e", ("go there", "前往"),
        ("Open the document at this place; . and , go on to the others in it.",
         "打开文档并定位到该处；. 和 , 前往其中的其他各处。"), 10,
    ),
)  # fmt: skip
