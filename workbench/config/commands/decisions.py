"""On the review screen: what is decided of findings and of the document, noted, undone and kept."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    entry(
        "suggestion.take", "review", "c", ("take fix", "采纳修正"),
        ("Take the best suggestion of the finding and go on; with several near each other, choose by number.",
         "采纳该问题的最佳建议并前进；几个建议相近时按数字选择。"), 20,
    ),
    entry(
        "suggestion.take_source", "review", "A", ("fix, source is wrong", "采纳并记原文有误"),
        ("Take the best suggestion and rule that the document itself is wrong: figure and ruling are kept; and go on.",
         "采纳最佳建议，同时裁定原文本身有误，更正与裁定一并记录，并前进。"),
    ),
    entry(
        "suggestion.choose", "review", "v", ("all fixes", "全部建议"),
        ("All suggestions of the finding with what each clears and breaks; 1–9 takes one.",
         "列出该问题的全部修正建议，以及各自消除和新增的不符；按 1–9 采纳。"), argument="number",
    ),
    entry(
        "suggestion.take_safe", "review", "C", ("take all safe", "采纳全部稳妥修正"),
        ("List every suggestion that clears something and breaks nothing, and take them all.",
         "列出所有只消除不符、不新增不符的建议，一并采纳。"), 45,
    ),
    entry(
        "finding.source_error", "review", "a", ("source is wrong", "原文有误"),
        ("Rule that the document itself is wrong, with a note if you like, and go on.",
         "裁定原文本身有误（可附说明）并前进。"), 30, argument="note",
    ),
    entry(
        "finding.waive", "review", "x", ("waive", "豁免"),
        ("Set the finding aside with a reason and go on.", "说明理由后豁免该问题并前进。"), 35, argument="reason",
    ),
    entry(
        "finding.defer", "review", "s", ("later", "稍后"),
        ("Leave the finding for later and go on.", "留待以后并前进。"), 40,
    ),
    entry(
        "ruling.repeat", "review", ";", ("same again", "同前裁定"),
        ("Your last ruling once more, on this finding: the same verdict with the same reason; and go on.",
         "以上一次的裁定和理由裁定此问题，并前进。"), 42,
    ),
    entry(
        "ruling.repeat_all", "review", "z ;", ("same for all like it", "同类一并裁定"),
        ("List the open findings of this rule in this table, else in the document, and rule on all of them as you did last.",
         "列出此表（无则本文档）中同一规则的待处理问题，全部按上一次的裁定处理。"),
    ),
    entry(
        "finding.note", "review", "z m", ("note on finding", "问题备注"),
        ("A note on the finding: beside its ruling, or with none it is left for later with the note.",
         "对该问题的备注：附于裁定；尚未裁定的连同备注留待以后。"), argument="note",
    ),
    entry(
        "finding.explain", "review", "z ?", ("explain", "详解"),
        ("All of the finding: what its rule demands, every check that fails with it, every proposal with all that it changes.",
         "该问题的全部说明：规则要求、一并不符的各项检查、各项修正建议及其全部改动。"),
    ),
    entry(
        "finding.copy", "review", "Y", ("copy finding", "复制问题"),
        ("Copy the finding as text, for a letter or working papers: document, page, what does not add up, the fix, the ruling.",
         "将该问题复制为文字，供函件或底稿使用：文档、页码、不符之处、修正建议和裁定。"),
    ),
    entry(
        "finding.reopen", "review", "X", ("reopen", "重新打开"),
        ("Take the decision on the finding back.", "撤回对该问题的裁定。"),
    ),
    entry(
        "cell.right", "review", "y", ("cell is right", "此格无误"),
        ("Say that this cell is as the source prints it: no suggestion may change it.",
         "确认此格与原文一致，任何建议不得改动。"),
    ),
    entry(
        "rule.waive", "review", "z x", ("waive the rule here", "本文档停用规则"),
        ("Say that the rule of this finding does not apply in this document.",
         "声明该规则不适用于本文档。"), argument="reason",
    ),
    entry(
        "edit.undo", "review", "u  ctrl+z", ("undo", "撤销"),
        ("Take the last step back, with all that one key did; the cursor goes there.",
         "撤销上一步（一键所做的全部），光标随之移动。"), 55,
    ),
    entry("edit.redo", "review", "U  ctrl+y", ("redo", "重做"), ("Do the undone step again.", "重做被撤销的一步。")),
    entry(
        "equation.show", "review", "=", ("equation", "算式"),
        ("The equation that this cell stands in: total, terms, difference; again for the next one.",
         "此格所在的算式：合计、各项、差额；再按看下一个。"), 50,
    ),
    entry(
        "diff.toggle", "review", "d", ("printed / corrected", "原文/更正"),
        ("Show what is printed instead of what was corrected.", "显示原文所印内容，而非更正后内容。"),
    ),
    entry(
        "diff.list", "review", "z d", ("all that was done", "全部处理"),
        ("Every correction, ruling and mark in the document, by whom and when, the last first; Enter goes there.",
         "对文档的全部更正、裁定和标记，何人何时所作，新的在前；Enter 前往。"),
    ),
    entry(
        "review.done", "review", "D", ("done", "完成"),
        ("Mark the document as done and go on to the next that has something to settle; refused while findings are open.",
         "标记文档已完成，并到下一份有问题待处理的文档；仍有问题时会拒绝。"),
    ),
    entry(
        "review.status", "review", "z s", ("set status", "设置状态"),
        ("Set where the document stands: in review, needs a second pair of eyes, rejected.",
         "设置文档状态：复核中、待二次复核、已退回。"), argument="status",
    ),
    entry(
        "conflict.settle", "review", "z c", ("settle conflicts", "处理冲突"),
        ("What another reviewer changed differently in the meantime: keep ours or take theirs.",
         "处理其他复核人同时作出的不同改动：保留我方或采用对方。"),
    ),
    entry(
        "review.assign", "review", "z a", ("assign", "分配"),
        ("Say who is to review this document: you, another, nobody.",
         "指定由谁复核本文档：自己、他人或无人。"), argument="person",
    ),
    entry(
        "review.news", "review", "z n", ("what is new", "新变化"),
        ("What was said on opening: what became of the record, what others did, where it reads otherwise; Enter goes there.",
         "打开时的提示：记录的变化、他人所作的处理、本次读取有何不同；Enter 前往。"), 12,
    ),
    entry(
        "review.note", "review", "M", ("document note", "文档备注"),
        ("A note on the whole document.", "对整份文档的备注。"), argument="note",
    ),
    entry(
        "record.save", "review", "w", ("save", "保存"),
        ("Write the record file now.", "立即写入复核记录。"), 58, aliases="w  write",
    ),
)  # fmt: skip
