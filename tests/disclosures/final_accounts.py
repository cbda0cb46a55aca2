"""The statements of a made-up final account (公开01 to 09 and what regions add), each in several layouts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.disclosures.money import GRANTS, PUBLIC, Amount, Department, Fen, Item, name_of
from tests.disclosures.printing import (
    Column,
    Habit,
    Line,
    beside,
    coded_sheet,
    figure,
    header,
    numbered,
    of_items,
    side,
)
from tests.generator.content import CLASSES, Sheet

FUND_NAMES = {
    "general": "一般公共预算财政拨款", "fund": "政府性基金预算财政拨款", "capital": "国有资本经营预算财政拨款",
}  # fmt: skip
OWN_NAMES = {
    "superior": "上级补助收入", "business": "事业收入", "operating": "经营收入", "subordinate": "附属单位上缴收入",
    "other": "其他收入",
}  # fmt: skip
CLASS_CODES = {
    "国有资本经营预算支出": "223", "灾害防治及应急管理支出": "224", "其他支出": "229", "粮油物资储备支出": "222",
    "住房保障支出": "221", "自然资源海洋气象等支出": "220", "援助其他地区支出": "219", "金融支出": "217",
}  # fmt: skip


def class_lines(made: Department, columns: Sequence[Column], *, listed: bool) -> list[Line]:
    """The lines of the functional classes, all of them or those with money."""
    found: list[Line] = []
    names = []
    amounts = []
    for number, name in enumerate(CLASSES):
        code = CLASS_CODES.get(name, str(201 + number))
        values = [column.amount(code, None) for column in columns]
        if listed or any(values):
            names.append(name)
            amounts.append(values)
    found.extend(zip(numbered(names), amounts, strict=True))
    return found


def spent(item: Item) -> Fen:
    """本年支出 of an item."""
    return item.spent


def income(item: Item) -> Fen:
    """本年收入 of an item."""
    return item.income


def summary(made: Department, habit: Habit) -> Sheet:
    """公开01 收入支出决算总表, with or without 行次, with the block by nature, or with three measures."""
    measures = 3 if habit.variant % 4 == 3 else 1

    def each(amount: Fen, planned: Fen | None = None) -> list[Fen]:
        return [amount] if measures == 1 else [planned or amount, planned or amount, amount]

    sources = {**{key: f"{name}收入" for key, name in FUND_NAMES.items()}, **OWN_NAMES}
    amounts = [made.add(income, sources=(key,)) for key in sources]
    left: list[Line] = [
        (label, each(value)) for label, value in zip(numbered(list(sources.values())), amounts, strict=True)
    ]
    if habit.variant % 3 == 1:
        left.insert(1, ("其中：财政专项收入", each(amounts[0] // 4)))
    opening, closing = made.add(lambda item: item.opening), made.add(lambda item: item.closing)
    shut = closing + made.surplus_used - made.surplus_shared
    whole = sum(amounts) + made.surplus_used + opening
    left += [
        ("本年收入合计", each(sum(amounts))),
        (
            ["用事业基金弥补收支差额", "使用非财政拨款结余", "使用非财政拨款结余（含专用结余）"][habit.variant % 3],
            each(made.surplus_used),
        ),
        ("年初结转和结余", each(opening)),
    ]
    if habit.variant % 2:
        project = made.add(lambda item: item.opening_project)
        left.append(("其中：项目支出结转和结余", each(project)))
    left.append((["总计", "收入总计"][habit.variant % 2], each(whole)))
    spending = [of_items(made, ("",), spent)] * measures
    right = class_lines(made, spending, listed=habit.variant % 2 == 0)
    out = made.add(spent)
    right += [
        ("本年支出合计", each(out)),
        ("结余分配", each(made.surplus_shared)),
    ]
    if habit.variant % 5 == 2:
        right.append(("其中：提取专用基金", each(made.surplus_shared)))
    right += [
        ("年末结转和结余", each(shut)),
    ]
    if habit.variant % 2:
        right.append(("其中：项目支出结转和结余", each(min(shut, made.add(lambda item: item.closing_project)))))
    right.append((["总计", "支出总计"][habit.variant % 2], each(whole)))
    heads = ["年初预算数", "全年预算数", "决算数"] if measures == 3 else [["金额", "决算数", "2"][habit.variant % 2]]
    sides = [side(left, habit, measures, 1), side(right, habit, measures, len(left) + 1)]
    names = [["项目", "项目(按功能分类)"], ["项目", "支出功能分类"], ["收入项目", "支出项目"]][habit.variant % 3]
    blocks = [("收入", names[0], heads), ("支出", names[1], heads)]
    if habit.year < 2019 and measures == 1:
        sides.append(side(by_nature(made, shut, whole), habit, 1, len(left) + len(right) + 1))
        blocks.append(("支出", "项目(按支出性质)", heads))
    return two_sided("income_expenditure_summary", "收入支出决算总表", blocks, beside(sides), habit)


def by_nature(made: Department, shut: Fen, whole: Fen) -> list[Line]:
    """The third block of early final accounts: expenditure by its nature."""
    basic, people, public, project, paid, operating, given = (
        made.add(of)
        for of in (
            lambda i: i.basic, lambda i: i.personnel, lambda i: i.public, lambda i: i.project, lambda i: i.superior_paid,
            lambda i: i.operating, lambda i: i.subsidy,
        )
    )  # fmt: skip
    return [
        ("一、基本支出", [basic]), ("人员经费", [people]), ("日常公用经费", [public]), ("二、项目支出", [project]),
        ("三、上缴上级支出", [paid]), ("四、经营支出", [operating]), ("五、对附属单位补助支出", [given]),
        ("本年支出合计", [made.add(spent)]), ("结余分配", [made.surplus_shared]), ("年末结转和结余", [shut]),
        ("总计", [whole]),
    ]  # fmt: skip


def two_sided(
    form: str, title: str, blocks: Sequence[tuple[str, str, Sequence[str]]], rows: list[list[str]], habit: Habit
) -> Sheet:
    """A table of several sides, each with a stub and its columns."""
    top: list[str] = []
    second: list[str] = []
    numbers: list[str] = []
    for spanner, stub, columns in blocks:
        width = 1 + habit.numbers + len(columns)
        top += [spanner] * width
        second += [stub, *(["行次"] if habit.numbers else []), *columns]
        numbers += ["栏次", *([""] if habit.numbers else []), *(str(len(numbers) + n) for n in range(len(columns)))]
    return Sheet(form, title, habit.unit, [top, second, *([numbers] if habit.column_numbers else [])], rows)


def income_statement(made: Department, habit: Habit) -> Sheet:
    """公开02 收入决算表."""
    columns = [of_items(made, ("本年收入合计",), income), of_items(made, ("财政拨款收入",), income, GRANTS)]
    for key, name in OWN_NAMES.items():
        if key == "business" and habit.variant % 3 == 2:
            columns.append(of_items(made, (name, "小计"), income, (key,)))
            columns.append(
                Column((name, "其中：教育收费"), lambda code, unit: made.add(income, code, ("business",), unit) // 2)
            )
        else:
            columns.append(of_items(made, (name,), income, (key,)))
    return coded_sheet(made, habit, "income_summary", "收入决算表", columns)


def expenditure_statement(made: Department, habit: Habit) -> Sheet:
    """公开03 支出决算表."""
    columns = [
        of_items(made, ("本年支出合计",), spent),
        of_items(made, ("基本支出",), lambda item: item.basic),
        of_items(made, ("项目支出",), lambda item: item.project),
        of_items(made, ("上缴上级支出",), lambda item: item.superior_paid),
        of_items(made, ("经营支出",), lambda item: item.operating),
        of_items(made, ("对附属单位补助支出",), lambda item: item.subsidy),
    ]
    return coded_sheet(made, habit, "expenditure_summary", "支出决算表", columns)


def grant_summary(made: Department, habit: Habit) -> Sheet:
    """公开04 财政拨款收入支出决算总表."""
    kinds = GRANTS if habit.year >= 2019 else GRANTS[:2]
    if any(item.source == "capital" for item in made.items):
        kinds = GRANTS
    width = 0 if habit.variant % 6 == 5 else len(kinds)
    columns = [of_items(made, ("合计",), spent, kinds)]
    columns += [of_items(made, (key,), spent, (key,)) for key in kinds[:width]]

    def each(of: Amount) -> list[Fen]:
        return [made.add(of, sources=kinds), *(made.add(of, sources=(key,)) for key in kinds[:width])]

    left: list[Line] = list(
        zip(
            numbered([FUND_NAMES[key] for key in kinds]),
            ([made.add(income, sources=(key,))] for key in kinds),
            strict=True,
        )
    )
    left += [
        ("本年收入合计", [made.add(income, sources=kinds)]),
        ("年初财政拨款结转和结余", [made.add(lambda item: item.opening, sources=kinds)]),
    ]
    names = [FUND_NAMES[key] for key in kinds]
    if habit.variant % 2:
        names = numbered(names)
    left += [(name, [made.add(lambda i: i.opening, sources=(key,))]) for name, key in zip(names, kinds, strict=True)]
    left.append(("总计", [made.add(income, sources=kinds) + made.add(lambda i: i.opening, sources=kinds)]))
    right = class_lines(made, columns, listed=habit.variant % 2 == 0)
    right += [("本年支出合计", each(spent)), ("年末财政拨款结转和结余", each(lambda item: item.closing))]
    right += [("", None)] * len(kinds)
    right.append(("总计", each(lambda item: item.spent + item.closing)))
    heads = ["金额"] if not width else ["合计", *(FUND_NAMES[key] for key in kinds)]
    sides = [side(left, habit, 1, 1), side(right, habit, len(columns), len(left) + 1)]
    blocks = [("收入", "项目", ["金额"]), ("支出", "项目", heads)]
    return two_sided("fiscal_grant_summary", "财政拨款收入支出决算总表", blocks, beside(sides), habit)


def _flow(made: Department, sources: tuple[str, ...], *, detailed: bool) -> list[Column]:
    """年初结转和结余, 本年收入, 本年支出, 年末结转和结余."""
    if not detailed:
        spending = [
            of_items(made, ("本年支出", "小计"), spent, sources),
            of_items(made, ("本年支出", "基本支出"), lambda i: i.basic, sources),
            of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, sources),
        ]
        return [
            of_items(made, ("年初结转和结余",), lambda i: i.opening, sources),
            of_items(made, ("本年收入",), income, sources),
            *spending,
            of_items(made, ("年末结转和结余",), lambda i: i.closing, sources),
        ]
    return [
        of_items(made, ("年初结转和结余", "合计"), lambda i: i.opening, sources),
        of_items(made, ("年初结转和结余", "基本支出结转"), lambda i: i.opening_basic, sources),
        of_items(made, ("年初结转和结余", "项目支出结转和结余"), lambda i: i.opening_project, sources),
        of_items(made, ("本年收入", "合计"), income, sources),
        of_items(made, ("本年收入", "基本支出"), lambda i: i.income_basic, sources),
        of_items(made, ("本年收入", "项目支出"), lambda i: i.income_project, sources),
        of_items(made, ("本年支出", "合计"), spent, sources),
        of_items(made, ("本年支出", "基本支出", "小计"), lambda i: i.basic, sources),
        of_items(made, ("本年支出", "基本支出", "人员经费"), lambda i: i.personnel, sources),
        of_items(made, ("本年支出", "基本支出", "日常公用经费"), lambda i: i.public, sources),
        of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, sources),
        of_items(made, ("年末结转和结余", "合计"), lambda i: i.closing, sources),
        of_items(made, ("年末结转和结余", "基本支出结转"), lambda i: i.closing_basic, sources),
        of_items(made, ("年末结转和结余", "项目支出结转和结余", "小计"), lambda i: i.closing_project, sources),
        of_items(made, ("年末结转和结余", "项目支出结转和结余", "项目支出结转"), lambda i: i.closing_project, sources),
        of_items(made, ("年末结转和结余", "项目支出结转和结余", "项目支出结余"), lambda i: 0, sources),
    ]


def general_expenditure(made: Department, habit: Habit) -> Sheet:
    """公开05 一般公共预算财政拨款支出决算表, or with income and balances."""
    sources = ("general",)
    title = "一般公共预算财政拨款支出决算表"
    if habit.variant % 4 == 1:
        columns = _flow(made, sources, detailed=True)
        title = "一般公共预算财政拨款收入支出决算表"
    elif habit.variant % 4 == 2:
        columns = [
            of_items(made, ("年初预算数",), lambda i: i.planned, sources),
            of_items(made, ("决算数", "合计"), spent, sources),
            of_items(made, ("决算数", "基本支出"), lambda i: i.basic, sources),
            of_items(made, ("决算数", "项目支出"), lambda i: i.spent - i.basic, sources),
        ]
    elif habit.variant % 4 == 3:
        columns = [
            of_items(made, ("本年支出", "合计"), spent, sources),
            of_items(made, ("本年支出", "基本支出", "小计"), lambda i: i.basic, sources),
            of_items(made, ("本年支出", "基本支出", "人员经费"), lambda i: i.personnel, sources),
            of_items(made, ("本年支出", "基本支出", "公用经费"), lambda i: i.public, sources),
            of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, sources),
        ]
    else:
        columns = [
            of_items(made, ("本年支出", "小计"), spent, sources),
            of_items(made, ("本年支出", "基本支出"), lambda i: i.basic, sources),
            of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, sources),
        ]
    return coded_sheet(made, habit, "general_budget_expenditure", title, columns, sources=sources)


def basic_expenditure(made: Department, habit: Habit) -> Sheet:
    """公开06 一般公共预算财政拨款基本支出决算表: one list with two columns, or blocks side by side."""
    title = "一般公共预算财政拨款基本支出决算表"
    people = [code for code in made.economic if code not in PUBLIC]
    public = [code for code in made.economic if code in PUBLIC]
    if habit.variant % 3 == 0:
        return _basic_list(made, habit, title)
    full = habit.variant % 2 == 0
    left = _block(made, habit, people, _standard(("301", "303"), full))
    if habit.variant % 3 == 1:
        right = _block(made, habit, public, _standard(("302", "307", "310", "399"), full))
        blocks = [left, right]
    else:
        blocks = [
            left,
            *(_block(made, habit, public, _standard(heads, full)) for heads in (("302",), ("307", "310", "399"))),
        ]
    height = max(len(block) for block in blocks)
    rows = [
        [cell for block in blocks for cell in (block[number] if number < len(block) else ["", "", ""])]
        for number in range(height)
    ]
    whole = [made.under("301") + made.under("303"), made.under("302") + made.under("310")]
    foot = ["人员经费合计", "", figure(whole[0], habit), "公用经费合计", "", figure(whole[1], habit)]
    if len(blocks) == 3:
        foot = [*foot[:3], "公用经费合计", "公用经费合计", "公用经费合计", "公用经费合计", "公用经费合计", foot[-1]]
    rows.append(foot)
    heads = ["人员经费", "公用经费", "公用经费"]
    top = [head for head, _ in zip(heads, blocks, strict=False) for _ in range(3)]
    second = ["科目编码", "科目名称", "决算数"] * len(blocks)
    return Sheet("basic_expenditure", title, habit.unit, [top, second], rows)


def _standard(heads: Sequence[str], full: bool) -> list[str]:
    """The codes that a printed template lists under some heads, whether they have money or not; [] for only those."""
    return [*heads] if full else []


def _block(made: Department, habit: Habit, codes: Sequence[str], always: Sequence[str]) -> list[list[str]]:
    wanted = sorted({*codes, *(code[:3] for code in codes), *always})
    if always:
        wanted = [code for code in wanted if code[:3] in always]
    return [[code, name_of(code), figure(made.under(code), habit)] for code in wanted]


def _basic_list(made: Department, habit: Habit, title: str) -> Sheet:
    rows = []
    for code in sorted({*made.economic, *(code[:3] for code in made.economic)}):
        amount = made.under(code)
        people = amount if code[:3] in ("301", "303") else 0
        values = [amount, people, amount - people]
        rows.append([code, name_of(code), *(figure(value, habit) for value in values)])
    people = made.under("301") + made.under("303")
    whole = ["", "合计", *(figure(value, habit) for value in (made.under(""), people, made.under("") - people))]
    rows = [*rows, whole] if habit.total == "bottom" else [whole, *rows]
    paths = [
        ("经济分类科目", "科目编码"), ("经济分类科目", "科目名称"), ("基本支出", "合计"), ("基本支出", "人员经费"), ("基本支出", "公用经费"),
    ]  # fmt: skip
    return Sheet("basic_expenditure", title, habit.unit, header(paths, habit, 2), rows)


def fund_statement(made: Department, habit: Habit) -> Sheet:
    """公开07 政府性基金预算财政拨款收入支出决算表."""
    columns = _flow(made, ("fund",), detailed=False)
    title = "政府性基金预算财政拨款收入支出决算表"
    return coded_sheet(made, habit, "government_fund", title, columns, sources=("fund",))


def capital_statement(made: Department, habit: Habit) -> Sheet:
    """公开08 国有资本经营预算财政拨款支出决算表."""
    sources = ("capital",)
    if habit.variant % 2:
        columns = _flow(made, sources, detailed=False)
    else:
        columns = [
            of_items(made, ("本年支出", "合计"), spent, sources),
            of_items(made, ("本年支出", "基本支出"), lambda i: i.basic, sources),
            of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, sources),
        ]
    title = "国有资本经营预算财政拨款支出决算表"
    return coded_sheet(made, habit, "state_capital", title, columns, sources=sources)


def counted(made: Department) -> dict[str, int]:
    """What is counted beside the amounts, nothing where nothing was spent; the running text tells some of it."""
    abroad, bought, _, reception = map(bool, made.public_spent)
    return {
        "因公出国（境）团组数（个）": 1 * abroad,
        "因公出国（境）人次数（人）": 2 * abroad,
        "公务用车购置数（辆）": 1 * bought,
        "公务用车保有量（辆）": 6,
        "国内公务接待批次（个）": 21 * reception,
        "国内公务接待人次（人）": 160 * reception,
    }


def three_public(made: Department, habit: Habit) -> Sheet:
    """公开09 三公经费: twelve columns in one row, a list of rows, or a list beside counts."""
    title = "财政拨款“三公”经费支出决算表"
    sides = (made.public_budget, made.public_spent)
    values = [[sum(one), one[0], one[1] + one[2], one[1], one[2], one[3]] for one in sides]
    names = ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费"]
    zero = habit.zero or "0.00"
    if habit.variant % 3 == 0:
        cars = names[2]
        paths = [
            (side_, *path)
            for side_ in ("预算数", "决算数")
            for path in ((names[0],), (names[1],), (cars, "小计"), (cars, names[3]), (cars, names[4]), (names[5],))
        ]
        row = [figure(amount, habit, zero=zero) for one in values for amount in one]
        return Sheet("three_public", title, habit.unit, header(paths, habit, 0), [row])
    labels = [
        ["“三公”经费合计", "1.因公出国（境）费", "2.公务用车购置及运行维护费", "（1）公务用车购置费", "（2）公务用车运行维护费", "3.公务接待费"],
        ["一、“三公”经费支出", "（一）因公出国（境）费", "（二）公务用车购置及运行维护费", "1．公务用车购置费", "2．公务用车运行维护费", "（三）公务接待费"],
    ][habit.variant % 2]  # fmt: skip
    rows = [[label, *(figure(one[number], habit, zero=zero) for one in values)] for number, label in enumerate(labels)]
    if habit.variant % 3 == 2:
        reception = [figure(one[5], habit, zero=zero) for one in values]
        rows += [
            ["（1）国内接待费" if habit.variant % 2 == 0 else "1．国内接待费", *reception],
            ["其中：外事接待费", *[figure(0, habit, zero=zero)] * 2],
            [
                "（2）国（境）外接待费" if habit.variant % 2 == 0 else "2．国（境）外接待费",
                *[figure(0, habit, zero=zero)] * 2,
            ],
            ["二、相关统计数", "——", "——"],
            *[[f"{number}.{name}", "——", str(count)] for number, (name, count) in enumerate(counted(made).items(), 1)],
        ]
        if habit.numbers:
            rows = [[row[0], str(number), *row[1:]] for number, row in enumerate(rows, 1)]
    heads = ["项目", *(["行次"] if habit.numbers and habit.variant % 3 == 2 else []), "预算数", "决算数"]
    return Sheet("three_public", title, habit.unit, [heads], rows)


def economic_matrix(made: Department, habit: Habit) -> Sheet:
    """财政拨款支出决算明细表: functional rows, economic classes as columns."""

    def wages(item: Item) -> Fen:
        return item.personnel * 70 // 100

    def subsidies(item: Item) -> Fen:
        return item.personnel - wages(item)

    sources = ("general",)
    columns = [
        of_items(made, ("合计",), spent, sources),
        of_items(made, ("工资福利支出",), wages, sources),
        of_items(made, ("商品和服务支出",), lambda i: i.public, sources),
        of_items(made, ("对个人和家庭的补助",), subsidies, sources),
        of_items(made, ("债务利息及费用支出",), lambda i: 0, sources),
        of_items(made, ("资本性支出（基本建设）",), lambda i: 0, sources),
        of_items(made, ("资本性支出",), lambda i: i.project, sources),
        of_items(made, ("对企业补助（基本建设）",), lambda i: 0, sources),
        of_items(made, ("对企业补助",), lambda i: 0, sources),
        of_items(made, ("对社会保障基金补助",), lambda i: 0, sources),
        of_items(made, ("其他支出",), lambda i: i.spent - i.basic - i.project, sources),
    ]
    return coded_sheet(made, habit, "economic_classification", "财政拨款支出决算明细表", columns, sources=sources)


def statements(made: Department, habit: Habit) -> list[Sheet]:
    """The statements of a final account."""
    sheets = [
        summary(made, habit), income_statement(made, habit), expenditure_statement(made, habit), grant_summary(made, habit),
    ]  # fmt: skip
    if habit.variant % 5 == 4:
        sheets.append(economic_matrix(made, habit))
    sheets += [general_expenditure(made, habit), basic_expenditure(made, habit)]
    if any(item.source == "fund" for item in made.items):
        sheets.append(fund_statement(made, habit))
    if any(item.source == "capital" for item in made.items):
        sheets.append(capital_statement(made, habit))
    return [*sheets, three_public(made, habit)]
