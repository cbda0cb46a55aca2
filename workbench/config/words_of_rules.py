"""What each rule family demands, in one sentence. By `rule.FAMILY`, in English and Chinese."""

from __future__ import annotations

RULES: dict[str, tuple[str, str]] = {
    "rule.row_sum": (
        "A total column is the sum of its parts: 合计 of 基本支出 and 项目支出, a spanner of the columns under it. What stands under 其中 is a part and no addend.",
        "合计列等于各分项列之和：合计等于基本支出与项目支出之和，跨列表头等于其下各列之和；其中项不重复相加。",
    ),
    "rule.children_sum": (
        "A code is the sum of the codes under it (类 of 款, 款 of 项; 301 of 30101), in every column of amounts; without codes numbering and names tell.",
        "上级科目等于下级科目之和（类、款、项；301 与 30101），各金额列均如此；无编码时按序号和名称判断。",
    ),
    "rule.column_sum": (
        "Rows of 合计, 总计 and 小计 are the sum of their rows; weights of indicators make 100, scores their total.",
        "合计、总计、小计行等于所属各行之和；指标权重合计为 100，得分之和等于总分。",
    ),
    "rule.balance": (
        "Total income is total expenditure; what is carried over, taken in and spent leaves what is carried on.",
        "收入总计等于支出总计；年初结转加收入减支出等于年末结转。",
    ),
    "rule.cross_table": (
        "Figures that two statements must share are the same in both, where that really follows from what they are.",
        "两张表按口径必须一致的数字应当相同。",
    ),
    "rule.narrative": (
        "Amounts that the text quotes agree with the tables and with each other, in whatever unit; lists make up what they take apart.",
        "文字中引用的金额与表格及上下文一致（不论单位）；所列各项之和等于其总额。",
    ),
    "rule.percent": (
        "Shares and rates recompute from the amounts that they are of; the shares of one whole make 100.",
        "占比和执行率可由所指金额重新算出；同一总体的占比合计为 100%。",
    ),
    "rule.yoy": (
        "Changes and growth rates recompute from the figures of both years; what is called the same is the same.",
        "增减额和增减率可由两年数字重新算出；称为持平的应当相同。",
    ),
    "rule.product": ("Quantity times price, or persons times standard, gives the amount.", "数量乘单价、人数乘标准等于金额。"),
    "rule.plan": ("A plan of payments rises and ends at 100 % or at the budget.", "用款计划逐期增加，终值为 100% 或预算数。"),
    "rule.code_name": (
        "A code and its name belong together, in the document and in the standard lists of accounts.",
        "科目编码与名称相符，文内一致，并与标准科目表一致。",
    ),
    "rule.unit": ("Rates, counts and amounts carry units of their kind.", "比率、数量和金额的单位应与其类别相符。"),
    "rule.label": (
        "Figures that the text promises are there, years are years, and numbers of lines go up by one.",
        "文字所述的数字应当给出，年度应当合理，行次应当连续。",
    ),
    "rule.placement": ("An amount stands on the row of its class.", "金额应填在所属科目的行上。"),
    "rule.missing_table": ("Tables that the contents page promises are there.", "目录所列表格应当齐全。"),
    "rule.extraction": (
        "Every amount printed as in a table stands in one, every column of amounts has a heading, and no name ends in an amount; columns that were reckoned, since the text lost them, add up.",
        "按表格方式印出的金额都在表中，金额列都有表头，名称末尾不带金额；文本丢失列位而推算出的各列能够合计相符。",
    ),
    "rule.readers": (
        "Two readers of a page read the same in every cell, and tables of another extractor say what the published file prints.",
        "两种读取方式逐格一致；外部提取的表格与公开文件所印一致。",
    ),
    "rule.user": ("A rule of your own, from your rules.toml.", "自定规则，见您的 rules.toml。"),
}  # fmt: skip
