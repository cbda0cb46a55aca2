"""The statements of a made-up budget: the eight public tables, and what regions add (projects, units, economic classes,
procurement, forms of projects), each in several layouts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.disclosures.final_accounts import FUND_NAMES, OWN_NAMES, class_lines, spent, two_sided
from tests.disclosures.money import GRANTS, OWN, Amount, Department, Fen, Item, name_of
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
from tests.generator.content import Sheet

SOURCES = (*GRANTS, *OWN)
GOVERNMENT = {
    "30101": "50101", "30102": "50101", "30103": "50101", "30113": "50103", "30108": "50102", "30109": "50102",
    "30110": "50102", "30112": "50102", "30199": "50199", "30107": "50199", "30301": "50905", "30302": "50905",
    "30305": "50901", "30399": "50999", "30213": "50209", "30216": "50203", "30217": "50206", "30231": "50208",
    "30226": "50205", "31002": "50306", "31007": "50306", "31013": "50303",
}  # fmt: skip


def income(item: Item) -> Fen:
    """What the year brings."""
    return item.income


def carried(item: Item) -> Fen:
    """What the year before left."""
    return item.opening


def _names(habit: Habit) -> dict[str, str]:
    general = ["一般公共预算拨款收入", "一般公共预算财政拨款收入", "一般公共预算拨款"][habit.variant % 3]
    grants = {
        "general": general,
        "fund": general.replace("一般公共预算", "政府性基金预算"),
        "capital": general.replace("一般公共预算", "国有资本经营预算"),
    }
    return {**grants, **OWN_NAMES}


def summary(made: Department, habit: Habit) -> Sheet:
    """收支总表: with the year's totals and what is carried, with all in one total, or with last year's column."""
    two_years = habit.variant % 6 == 5

    def each(amount: Fen, before: Fen | None = None) -> list[Fen]:
        return [amount] if not two_years else [(amount if before is None else before), amount]

    names = _names(habit)
    brought = made.add(income)
    left: list[Line] = []
    if habit.variant % 4 == 2:
        left.append(("一、财政拨款收入", each(made.add(income, sources=GRANTS))))
        left += [
            (f"（{n}）{names[key]}", each(made.add(income, sources=(key,))))
            for n, key in zip("一二三", GRANTS, strict=True)
        ]
        for n, key in zip("二三四五六", OWN, strict=True):
            left.append((f"{n}、{names[key]}", each(made.add(income, sources=(key,)))))
            if key == "business":
                left.append(("其中：教育收费收入", each(made.add(income, sources=(key,)) // 2)))
    else:
        amounts = [made.add(income, sources=(key,)) for key in SOURCES]
        left += [
            (label, each(value))
            for label, value in zip(numbered([names[key] for key in SOURCES]), amounts, strict=True)
        ]
    left.append((["本年收入合计", "本年收入小计"][habit.variant % 2], each(brought)))
    opening = made.add(carried)
    if habit.variant % 3 == 1:
        left.append(("上年结转结余", each(opening)))
        left += [
            (f"（{n}）{name}", each(made.add(carried, sources=(key,))))
            for n, (key, name) in zip("一二三四", [*((k, names[k].removesuffix("收入")) for k in GRANTS)], strict=False)
        ]
        left.append(("（四）单位资金", each(made.add(carried, sources=OWN))))
    else:
        left.append(("上年结转", each(opening)))
    left.append((["收入总计", "收 入 总 计"][habit.variant % 2], each(made.add(spent))))
    columns = [of_items(made, ("",), spent)] * (2 if two_years else 1)
    right = class_lines(made, columns, listed=habit.variant % 2 == 0)
    right += [("本年支出合计", each(made.add(spent))), ("结转下年", each(0)), ("支出总计", each(made.add(spent)))]
    heads = (
        [f"{habit.year - 1}年预算数", f"{habit.year}年预算数"]
        if two_years
        else [["预算数", "金额", "2"][habit.variant % 2]]
    )
    stubs = [("项目", "项目"), ("收入项目", "支出功能分类"), ("资金来源", "支出功能分类科目")][habit.variant % 3]
    blocks = [("收入", stubs[0], heads), ("支出", stubs[1], heads)]
    rows = beside([side(left, habit, len(heads), 1), side(right, habit, len(heads), len(left) + 1)])
    return two_sided(
        "income_expenditure_summary",
        ["部门收支总表", "收支预算总表", "部门收支总体情况表"][habit.variant % 3],
        blocks,
        rows,
        habit,
    )


def income_statement(made: Department, habit: Habit) -> Sheet:
    """收入总表: by functional code, or one row a unit."""
    names = _names(habit)
    columns = [of_items(made, ("合计",), spent)]
    sub = habit.variant % 3
    if sub == 1:
        columns.append(of_items(made, ("本年收入", "小计"), income))
        columns += [of_items(made, ("本年收入", names[key].removesuffix("收入")), income, (key,)) for key in SOURCES]
        columns.append(of_items(made, ("上年结转结余", "小计"), carried))
        columns += [
            of_items(made, ("上年结转结余", names[key].removesuffix("收入")), carried, (key,)) for key in GRANTS
        ]
        columns.append(of_items(made, ("上年结转结余", "单位资金"), carried, OWN))
    elif sub == 2:
        columns.append(of_items(made, ("财政拨款", "小计"), income, GRANTS))
        columns += [of_items(made, ("财政拨款", names[key]), income, (key,)) for key in GRANTS]
        columns += [of_items(made, (names[key],), income, (key,)) for key in OWN]
        columns.append(of_items(made, ("上年结转",), carried))
    else:
        columns.append(of_items(made, ("上年结转",), carried))
        columns += [of_items(made, (names[key],), income, (key,)) for key in SOURCES]
    title = ["部门收入总表", "收入预算总表", "部门收入总体情况表"][habit.variant % 3]
    if habit.variant % 2:
        return _by_unit(made, habit, "income_summary", title, columns)
    return coded_sheet(made, habit, "income_summary", title, columns)


def _by_unit(made: Department, habit: Habit, form: str, title: str, columns: Sequence[Column]) -> Sheet:
    """A statement of one row a unit, with its code."""
    rows = [["", "合计", *(figure(column.amount("", None), habit) for column in columns)]]
    if len(made.units) > 1:
        whole = [figure(column.amount("", None), habit) for column in columns]
        rows.append(["301", "青禾县民政局", *whole])
    for number, name in enumerate(made.units):
        rows.append([f"301{number + 1:03d}", name, *(figure(column.amount("", number), habit) for column in columns)])
    paths = [("部门（单位）代码",), ("部门（单位）名称",), *(column.path for column in columns)]
    return Sheet(form, title, habit.unit, header(paths, habit, 2), rows)


def expenditure_statement(made: Department, habit: Habit) -> Sheet:
    """支出总表."""
    columns = [
        of_items(made, ("合计",), spent),
        of_items(made, ("基本支出",), lambda item: item.basic),
        of_items(made, ("项目支出",), lambda item: item.project),
        of_items(made, (["事业单位经营支出", "经营支出"][habit.variant % 2],), lambda item: item.operating),
        of_items(made, ("上缴上级支出",), lambda item: item.superior_paid),
        of_items(made, ("对附属单位补助支出",), lambda item: item.subsidy),
    ]
    if habit.variant % 3 == 2:
        columns[1:2] = [
            of_items(made, ("基本支出", "小计"), lambda item: item.basic),
            of_items(made, ("基本支出", "人员经费"), lambda item: item.personnel),
            of_items(made, ("基本支出", "公用经费"), lambda item: item.public),
        ]
    return coded_sheet(made, habit, "expenditure_summary", "部门支出总表", columns)


def grant_summary(made: Department, habit: Habit) -> Sheet:
    """财政拨款收支总表: 一、本年收入 with its parts, or a list; one column or one a fund."""
    names = {key: name.removesuffix("收入") for key, name in _names(habit).items()}
    divided = habit.variant % 3 != 1
    columns = [of_items(made, ("合计",), spent, GRANTS)]
    if divided:
        columns += [of_items(made, (key,), spent, (key,)) for key in GRANTS]

    def each(of: Amount) -> list[Fen]:
        return [made.add(of, sources=GRANTS), *(made.add(of, sources=(key,)) for key in GRANTS if divided)]

    def one(of: Amount, *keys: str) -> list[Fen]:
        return [made.add(of, sources=keys or GRANTS)]

    right = class_lines(made, columns, listed=habit.variant % 2 == 0)
    if habit.variant % 2:
        left: list[Line] = [("一、本年收入", one(income))]
        left += [(f"（{n}）{names[key]}", one(income, key)) for n, key in zip("一二三", GRANTS, strict=True)]
        left.append(("二、上年结转", one(carried)))
        left += [(f"（{n}）{names[key]}", one(carried, key)) for n, key in zip("一二三", GRANTS, strict=True)]
        right = [
            ("一、本年支出", each(spent)),
            *((f"（{label.replace('、', '）', 1)}", amounts) for label, amounts in right),
        ]
        right.append(("二、结转下年", each(lambda item: 0)))
    else:
        left = list(zip(numbered([names[key] for key in GRANTS]), (one(income, key) for key in GRANTS), strict=True))
        left += [("本年收入合计", one(income)), ("上年结转", one(carried))]
        if habit.variant % 4 == 2:
            left += [(names[key], one(carried, key)) for key in GRANTS]
        right += [("本年支出合计", each(spent)), ("结转下年", each(lambda item: 0))]
    left.append(("收入总计", one(spent)))
    right.append(("支出总计", each(spent)))
    heads = ["合计", *(names[key] for key in GRANTS)] if divided else ["预算数"]
    sides = [side(left, habit, 1, 1), side(right, habit, len(columns), len(left) + 1)]
    blocks = [("收入", "项目", ["预算数"]), ("支出", "项目", heads)]
    return two_sided("fiscal_grant_summary", "财政拨款收支总表", blocks, beside(sides), habit)


def general_expenditure(made: Department, habit: Habit) -> Sheet:
    """一般公共预算支出表: 合计, 基本 (人员, 公用), 项目; or this year against last year."""
    sources = ("general",)
    kind = habit.variant % 4
    basic = [of_items(made, ("基本支出",), lambda i: i.basic, sources)]
    if kind == 1:
        basic = [
            of_items(made, ("基本支出", "小计"), lambda i: i.basic, sources),
            of_items(made, ("基本支出", "人员经费"), lambda i: i.personnel, sources),
            of_items(made, ("基本支出", "公用经费"), lambda i: i.public, sources),
        ]
    project = of_items(made, ("项目支出",), lambda i: i.spent - i.basic, sources)
    columns = [of_items(made, ("合计",), spent, sources), *basic, project]
    if kind == 2:
        now = f"{habit.year}年预算数"
        columns = [
            of_items(made, (f"{habit.year - 1}年执行数",), lambda i: i.previous, sources),
            of_items(made, (now, "小计"), spent, sources),
            of_items(made, (now, "基本支出"), lambda i: i.basic, sources),
            of_items(made, (now, "项目支出"), lambda i: i.spent - i.basic, sources),
            of_items(
                made,
                (f"{habit.year}年预算数比{habit.year - 1}年执行数", "增减额"),
                lambda i: i.spent - i.previous,
                sources,
            ),
        ]
    title = ["一般公共预算支出表", "一般公共预算财政拨款支出表", "一般公共预算支出情况表"][habit.variant % 3]
    return coded_sheet(made, habit, "general_budget_expenditure", title, columns, sources=sources)


def basic_expenditure(made: Department, habit: Habit) -> Sheet:
    """一般公共预算基本支出表: a list with 人员经费 and 公用经费; 部门 beside 政府 classes;
    or a list with one column."""
    title = "一般公共预算基本支出表"
    kind = habit.variant % 3
    codes = sorted({*made.economic, *(code[:3] for code in made.economic)})
    if habit.stub == "levels":
        stubs, heads = (
            3,
            [
                ("部门预算支出经济分类科目", "类"),
                ("部门预算支出经济分类科目", "款"),
                ("部门预算支出经济分类科目", "科目名称"),
            ],
        )
    elif habit.stub in ("joined", "bracketed"):
        stubs, heads = 1, [("部门预算支出经济分类科目",)]
    else:
        stubs, heads = 2, [("部门预算支出经济分类科目", "科目编码"), ("部门预算支出经济分类科目", "科目名称")]

    def stub(code: str) -> list[str]:
        if stubs == 3:
            return [code[:3], code[3:], name_of(code)]
        return [f"{code} {name_of(code)}"] if stubs == 1 else [code, name_of(code)]

    def values(code: str, amount: Fen) -> list[Fen]:
        people = amount if code[:3] in ("301", "303") else 0
        return [amount, people, amount - people]

    paths = [
        *heads,
        (f"{habit.year}年基本支出", "合计"),
        (f"{habit.year}年基本支出", "人员经费"),
        (f"{habit.year}年基本支出", "公用经费"),
    ]
    rows = [[*stub(code), *(figure(value, habit) for value in values(code, made.under(code)))] for code in codes]
    people = made.under("301") + made.under("303")
    whole = [made.under(""), people, made.under("") - people]
    total = [*[""] * (stubs - 1), "合计", *(figure(value, habit) for value in whole)]
    if kind == 1:
        paths = [*heads, ("预算数",)]
        rows = [row[: stubs + 1] for row in rows]
        total = total[: stubs + 1]
    rows = [*rows, total] if habit.total == "bottom" else [total, *rows]
    return Sheet("basic_expenditure", title, habit.unit, header(paths, habit, stubs), rows)


def economic_classes(made: Department, habit: Habit) -> Sheet:
    """按政府预算支出经济分类 of the basic expenditure of the general budget."""
    amounts: dict[str, Fen] = {}
    for code, amount in made.economic.items():
        other = GOVERNMENT.get(code, "50201")
        amounts[other] = amounts.get(other, 0) + amount
    rows = []
    for code in sorted({*amounts, *(code[:3] for code in amounts)}):
        value = sum(amount for other, amount in amounts.items() if other.startswith(code))
        rows.append([code, name_of(code), figure(value, habit)])
    total = ["", "合计", figure(sum(amounts.values()), habit)]
    rows = [*rows, total] if habit.total == "bottom" else [total, *rows]
    paths = [("政府预算支出经济分类科目", "科目编码"), ("政府预算支出经济分类科目", "科目名称"), ("金额",)]
    title = "一般公共预算基本支出表（按政府预算支出经济分类）"
    return Sheet("economic_classification", title, habit.unit, header(paths, habit, 2), rows)


def three_public(made: Department, habit: Habit) -> Sheet:
    """三公经费表: one row, a list, two years beside each other, or one row a unit."""
    title = "一般公共预算“三公”经费支出表"
    now, before = made.public_spent, made.public_budget
    zero = habit.zero or "0.00"
    names = ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费"]

    def values(one: tuple[Fen, Fen, Fen, Fen]) -> list[Fen]:
        return [sum(one), one[0], one[1] + one[2], one[1], one[2], one[3]]

    cars = names[2]
    heads = [(names[0],), (names[1],), (cars, "小计"), (cars, names[3]), (cars, names[4]), (names[5],)]
    kind = habit.variant % 4
    if kind == 0:
        rows = [[figure(amount, habit, zero=zero) for amount in values(now)]]
        return Sheet("three_public", title, habit.unit, header(heads, habit, 0), rows)
    if kind == 1:
        paths = [(f"{year}年预算数", *path) for year in (habit.year - 1, habit.year) for path in heads]
        rows = [[figure(amount, habit, zero=zero) for one in (before, now) for amount in values(one)]]
        return Sheet("three_public", title, habit.unit, header(paths, habit, 0), rows)
    if kind == 2:
        labels = [
            "合计",
            "1、因公出国（境）费用",
            "2、公务接待费",
            "3、公务用车费",
            "其中：（1）公务用车运行维护费",
            "（2）公务用车购置",
        ]
        order = (0, 1, 5, 2, 4, 3)
        amounts = [values(now)[place] for place in order]
        rows = [[label, figure(amount, habit, zero=zero)] for label, amount in zip(labels, amounts, strict=True)]
        return Sheet("three_public", title, habit.unit, [["项目", f"{habit.year}年预算数"]], rows)
    unit = [figure(amount, habit, zero=zero) for amount in values(now)]
    rows = [["", "合计", *unit], ["301001", made.units[0], *unit]]
    paths = [("单位编码",), ("单位名称",), *(("“三公”经费", *path) for path in heads)]
    return Sheet("three_public", title, habit.unit, header(paths, habit, 2), rows)


def fund_statement(made: Department, habit: Habit, source: str, form: str) -> Sheet:
    """政府性基金预算支出表, 国有资本经营预算支出表."""
    columns = [
        of_items(made, ("本年支出", "合计"), spent, (source,)),
        of_items(made, ("本年支出", "基本支出"), lambda i: i.basic, (source,)),
        of_items(made, ("本年支出", "项目支出"), lambda i: i.spent - i.basic, (source,)),
    ]
    if habit.variant % 2:
        columns = [Column(column.path[1:], column.amount) for column in columns]
    title = FUND_NAMES[source].removesuffix("财政拨款") + "支出表"
    return coded_sheet(made, habit, form, title, columns, sources=(source,))


def projects(made: Department, habit: Habit) -> Sheet:
    """项目支出表: one row a project, by source of money, under its unit or after it."""
    names = _names(habit)
    listed = [item for item in made.items if item.project]
    rows = []
    grouped = habit.variant % 2 == 1
    heads = ["合计", *(names[key].removesuffix("收入") for key in GRANTS), "财政专户管理资金", "单位资金", "上年结转"]

    def values(items: Sequence[Item]) -> list[str]:
        def now(*keys: str) -> Fen:
            return sum(item.project - item.opening_project for item in items if item.source in keys)

        amounts = [
            sum(item.project for item in items),
            *(now(key) for key in GRANTS),
            0,
            now(*OWN),
            sum(i.opening_project for i in items),
        ]
        return [figure(amount, habit) for amount in amounts]

    for unit, name in enumerate(made.units):
        own = [item for item in listed if item.unit == unit]
        if grouped:
            rows.append([name, "", *values(own)])
        rows += [
            [("" if grouped else name), f"{name_of(item.code)}专项{number}", *values([item])]
            for number, item in enumerate(own, 1)
        ]
    total = ["合计", "", *values(listed)]
    rows = [*rows, total] if habit.total == "bottom" else [total, *rows]
    paths = [("单位名称",), ("项目名称",), (heads[0],), *(("资金来源", head) for head in heads[1:])]
    if habit.variant % 3 == 1:
        paths = [(path[-1],) for path in paths]
    return Sheet("project_expenditure", "项目支出表", habit.unit, header(paths, habit, 2), rows)


def procurement(made: Department, habit: Habit) -> Sheet:
    """政府采购预算表: goods by project with number and price."""
    zero = habit.zero
    rows = []
    whole = [0, 0, 0]
    for number, (name, count, price) in enumerate(
        (("台式计算机", 12, 500_000), ("多功能一体机", 3, 280_000), ("物业管理服务", 1, 9_600_000)), 1
    ):
        amount = count * price
        kind = 2 if "服务" in name else 0
        whole[0] += amount
        whole[1 if kind == 0 else 2] += amount
        parts = [amount, amount if kind == 0 else 0, 0, amount if kind else 0]
        rows.append(
            [
                f"日常办公{number}",
                name,
                "批" if kind else "台",
                str(count),
                figure(price, habit),
                *(figure(v, habit, zero=zero) for v in parts),
            ]
        )
    total = ["合计", "", "", "", "", *(figure(v, habit) for v in (whole[0], whole[1], 0, whole[2]))]
    rows = [*rows, total] if habit.total == "bottom" else [total, *rows]
    paths = [
        ("项目名称",),
        ("采购品目",),
        ("计量单位",),
        ("数量",),
        ("单价",),
        ("采购金额", "合计"),
        ("采购金额", "货物"),
        ("采购金额", "工程"),
        ("采购金额", "服务"),
    ]
    return Sheet("procurement", "政府采购预算表", habit.unit, header(paths, habit, 2), rows)


def statements(made: Department, habit: Habit) -> list[Sheet]:
    """The statements of a budget."""
    sheets = [
        summary(made, habit), income_statement(made, habit), expenditure_statement(made, habit), grant_summary(made, habit),
        general_expenditure(made, habit), basic_expenditure(made, habit),
    ]  # fmt: skip
    if habit.variant % 2:
        sheets.append(economic_classes(made, habit))
    sheets.append(three_public(made, habit))
    for source, form in (("fund", "government_fund"), ("capital", "state_capital")):
        if any(item.source == source for item in made.items):
            sheets.append(fund_statement(made, habit, source, form))
    if any(item.project for item in made.items):
        sheets.append(projects(made, habit))
    return [*sheets, procurement(made, habit)] if habit.variant % 3 == 0 else sheets
