"""Consistent made-up budgets: a functional tree, an economic tree and income, printed as the usual statement tables.

All amounts are whole hundredths of 万元 (or of 元), so that every sum is exact. What is random: place, department,
year, unit, decimals, separators, how zeros print, which statements there are, their wordings and column orders.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

FUNCTIONS: dict[str, tuple[str, dict[str, tuple[str, dict[str, str]]]]] = {
    "201": ("一般公共服务支出", {
        "20106": ("财政事务", {"2010601": "行政运行", "2010602": "一般行政管理事务", "2010607": "信息化建设", "2010650": "事业运行"}),
        "20129": ("群众团体事务", {"2012901": "行政运行", "2012999": "其他群众团体事务支出"})}),
    "205": ("教育支出", {
        "20501": ("教育管理事务", {"2050101": "行政运行", "2050199": "其他教育管理事务支出"}),
        "20502": ("普通教育", {"2050201": "学前教育", "2050202": "小学教育", "2050203": "初中教育", "2050204": "高中教育"})}),
    "206": ("科学技术支出", {"20604": ("技术研究与开发", {"2060499": "其他技术研究与开发支出"})}),
    "207": ("文化旅游体育与传媒支出", {"20701": ("文化和旅游", {"2070101": "行政运行", "2070104": "图书馆", "2070109": "群众文化"})}),
    "208": ("社会保障和就业支出", {
        "20805": ("行政事业单位养老支出", {
            "2080501": "行政单位离退休", "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出"}),
        "20899": ("其他社会保障和就业支出", {"2089999": "其他社会保障和就业支出"})}),
    "210": ("卫生健康支出", {
        "21007": ("计划生育事务", {"2100799": "其他计划生育事务支出"}),
        "21011": ("行政事业单位医疗", {"2101101": "行政单位医疗", "2101102": "事业单位医疗", "2101103": "公务员医疗补助"}),
        "21012": ("财政对基本医疗保险基金的补助", {
            "2101202": "财政对城乡居民基本医疗保险基金的补助", "2101299": "财政对其他基本医疗保险基金的补助"}),
        "21015": ("医疗保障管理事务", {"2101501": "行政运行", "2101502": "一般行政管理事务", "2101506": "医疗保障经办事务"})}),
    "213": ("农林水支出", {
        "21301": ("农业农村", {"2130101": "行政运行", "2130104": "事业运行", "2130106": "科技转化与推广服务"}),
        "21303": ("水利", {"2130301": "行政运行", "2130306": "水利工程运行与维护"})}),
    "221": ("住房保障支出", {"22102": ("住房改革支出", {"2210201": "住房公积金", "2210203": "购房补贴"})}),
}  # fmt: skip
ECONOMIC: dict[str, tuple[str, dict[str, str]]] = {
    "301": ("工资福利支出", {
        "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30107": "绩效工资",
        "30108": "机关事业单位基本养老保险缴费", "30109": "职业年金缴费", "30110": "职工基本医疗保险缴费",
        "30112": "其他社会保障缴费", "30113": "住房公积金", "30199": "其他工资福利支出"}),
    "302": ("商品和服务支出", {
        "30201": "办公费", "30202": "印刷费", "30205": "水费", "30206": "电费", "30207": "邮电费", "30211": "差旅费",
        "30213": "维修(护)费", "30216": "培训费", "30217": "公务接待费", "30228": "工会经费", "30231": "公务用车运行维护费",
        "30239": "其他交通费用", "30299": "其他商品和服务支出"}),
    "303": ("对个人和家庭的补助", {"30301": "离休费", "30302": "退休费", "30305": "生活补助"}),
}  # fmt: skip
CLASSES = (
    "一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "文化旅游体育与传媒支出",
    "社会保障和就业支出", "社会保险基金支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出",
    "资源勘探工业信息等支出", "商业服务业等支出", "金融支出", "援助其他地区支出", "自然资源海洋气象等支出", "住房保障支出",
    "粮油物资储备支出", "国有资本经营预算支出", "灾害防治及应急管理支出", "其他支出",
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"
PLACES = (
    ("青禾", "县"),
    ("临岚", "市"),
    ("云汀", "区"),
    ("松泽", "县"),
    ("南屏", "市"),
    ("东霖", "区"),
    ("白渡", "县"),
)
DEPARTMENTS = ("财政局", "教育局", "医疗保障局", "农业农村局", "水利局", "文化和旅游局", "民政局", "住房和城乡建设局")

Amount = int
"""Hundredths of the printed unit."""


def functional_codes() -> Iterator[tuple[str, str]]:
    """All functional codes with their names, each before those under it."""
    for code, (name, groups) in FUNCTIONS.items():
        yield code, name
        for group, (group_name, items) in groups.items():
            yield group, group_name
            yield from items.items()


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 24 → 二十四."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


@dataclass(frozen=True, slots=True)
class Style:
    """How one document prints: its unit, its figures and its wordings."""

    unit: str = "万元"
    separators: bool = False
    zero: str = ""
    """How an amount of nothing prints: "", "0.00" or "——"."""
    serial: bool = False
    """Whether tables begin with a column 序号."""
    numbering: str = ""
    """First word of the row that numbers the columns ("栏次", "**"), "" for none."""
    split_codes: bool = False
    """Whether codes stand in three columns 类 款 项."""
    wording: int = 0
    project_first: bool = False


@dataclass(slots=True)
class Sheet:
    """One logical table as the document means it: spanned header cells repeated, figures as printed."""

    form: str
    title: str
    unit: str
    header: list[list[str]]
    rows: list[list[str]]


@dataclass(slots=True)
class Disclosure:
    """One made-up document."""

    entity: str
    year: int
    report: str
    style: Style
    sheets: list[Sheet]
    paragraphs: list[str] = field(default_factory=list)
    title: str = ""

    def sheet(self, form: str) -> Sheet:
        """The table of this form."""
        return next(sheet for sheet in self.sheets if sheet.form == form)

    def gold(self) -> dict[str, object]:
        """The document in the form of the tables file: what a perfect reading gives."""
        return {
            "entity": self.entity, "fiscal_year": self.year, "unit": self.style.unit, "report": self.report,
            "tables": [
                {"id": f"t{n:02d}", "title": s.title, "form": s.form, "unit": s.unit, "header": s.header, "rows": s.rows}
                for n, s in enumerate(self.sheets, 1)
            ],
        }  # fmt: skip


def printed(amount: Amount, style: Style) -> str:
    """An amount as this document prints it."""
    if not amount and style.zero != "0.00":
        return style.zero
    value = Decimal(amount) / 100
    return f"{value:,.2f}" if style.separators else f"{value:.2f}"


@dataclass(slots=True)
class Budget:
    """The amounts of one department: basic and project money by 项, basic money by economic item, income by source."""

    functions: dict[str, tuple[Amount, Amount]]
    economic: dict[str, Amount]
    general: Amount
    fund: Amount
    other: Amount
    carried: Amount
    three_public: tuple[Amount, Amount, Amount, Amount]
    """Abroad, purchase of cars, running of cars, receptions."""

    @property
    def basic(self) -> Amount:
        """All basic money."""
        return sum(basic for basic, _ in self.functions.values())

    @property
    def project(self) -> Amount:
        """All project money."""
        return sum(project for _, project in self.functions.values())

    def under(self, code: str) -> tuple[Amount, Amount]:
        """Basic and project money under a code of any length."""
        found = [amounts for key, amounts in self.functions.items() if key.startswith(code)]
        return sum(basic for basic, _ in found), sum(project for _, project in found)


def _parts(chance: random.Random, total: Amount, count: int) -> list[Amount]:
    if count <= 1 or total < count:
        return [total, *([0] * (count - 1))]
    cuts = sorted(chance.sample(range(1, total), count - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]


def random_budget(chance: random.Random, scale: int = 1) -> Budget:
    """A consistent budget: economic items add up to the basic money, income to expenditure. Items are up to 5,000 with
    two decimals, `scale` times that."""
    functions: dict[str, tuple[Amount, Amount]] = {}
    classes = sorted(chance.sample(sorted(FUNCTIONS), chance.randint(3, 6)))
    for code in classes:
        for _, items in FUNCTIONS[code][1].values():
            for item in items:
                if chance.random() < 0.75:
                    basic = chance.randint(100 * scale, 90_000 * scale) if chance.random() < 0.7 else 0
                    project = chance.randint(100 * scale, 500_000 * scale) if chance.random() < 0.45 or not basic else 0
                    functions[item] = (basic, project)
    if not any(basic for basic, _ in functions.values()):
        functions["2010601"] = (chance.randint(1_000, 90_000), 0)
    functions = dict(sorted(functions.items()))
    budget = Budget(functions, {}, 0, 0, 0, 0, (0, 0, 0, 0))
    heads = _parts(chance, budget.basic, 3)
    heads.sort(reverse=True)
    for (_head, (_, items)), amount in zip(ECONOMIC.items(), heads, strict=True):
        chosen = sorted(chance.sample(sorted(items), min(len(items), chance.randint(2, 9))))
        for item, part in zip(chosen, _parts(chance, amount, len(chosen)), strict=True):
            if part:
                budget.economic[item] = part
    budget.economic = dict(sorted(budget.economic.items()))
    total = budget.basic + budget.project
    budget.carried = chance.choice([0, total // 20])
    # Other income would leave the general public budget short of the expenditure by an amount no class shows.
    budget.other = 0
    budget.general = total - budget.carried - budget.other
    reception = budget.economic.get("30217", 0)
    running = budget.economic.get("30231", 0)
    budget.three_public = (0, 0, running, reception)
    return budget


def random_disclosure(seed: int, *, form_count: int | None = None) -> Disclosure:
    """The made-up document of this seed."""
    chance = random.Random(seed)
    name, kind = chance.choice(PLACES)
    style = Style(
        unit=chance.choice(["万元", "万元", "元"]), separators=chance.random() < 0.4,
        zero=chance.choice(["", "", "0.00", "——"]), serial=chance.random() < 0.3,
        numbering=chance.choice(["", "", "栏次", "**"]), split_codes=chance.random() < 0.25,
        wording=chance.randrange(3), project_first=chance.random() < 0.2,
    )  # fmt: skip
    entity = f"{name}{kind}{chance.choice(DEPARTMENTS)}"
    return disclosure(random_budget(chance), style, entity, chance.randint(2017, 2026))


TITLES: dict[str, tuple[str, str, str]] = {
    "income_expenditure_summary": ("部门收支总表", "{y}年部门收支预算总表", "收支总体情况表"),
    "income_summary": ("部门收入总表", "{y}年部门收入预算总表", "收入总体情况表"),
    "expenditure_summary": ("部门支出总表", "{y}年部门支出预算总表", "支出总体情况表"),
    "fiscal_grant_summary": ("财政拨款收支总表", "{y}年财政拨款收支预算总表", "财政拨款收支总体情况表"),
    "general_budget_expenditure": ("一般公共预算支出表", "{y}年一般公共预算支出预算表", "一般公共预算支出情况表"),
    "basic_expenditure": ("一般公共预算基本支出表", "{y}年一般公共预算基本支出预算表", "一般公共预算基本支出情况表"),
    "three_public": ("一般公共预算“三公”经费支出表", "{y}年“三公”经费预算表", "“三公”经费支出情况表"),
    "government_fund": ("政府性基金预算支出表", "{y}年政府性基金支出预算表", "政府性基金预算支出情况表"),
}


def disclosure(budget: Budget, style: Style, entity: str, year: int) -> Disclosure:
    """The statement tables and the narrative of a budget in a style."""
    made = Disclosure(entity, year, "budget", style, [], title=f"{entity}{year}年部门预算公开")
    builders = (
        income_expenditure_summary, income_summary, expenditure_summary, fiscal_grant_summary,
        general_budget_expenditure, basic_expenditure, three_public, government_fund,
    )  # fmt: skip
    for builder in builders:
        sheet = builder(budget, style)
        sheet.title = TITLES[sheet.form][style.wording].format(y=year)
        _number(sheet, style)
        made.sheets.append(sheet)
    made.paragraphs = narrative(budget, style, entity, year)
    return made


def _number(sheet: Sheet, style: Style) -> None:
    """Adds the column 序号 and the row that numbers the columns where the style has them."""
    if style.serial and sheet.rows:
        sheet.header = [["序号", *row] for row in sheet.header]
        sheet.rows = [[str(n), *row] for n, row in enumerate(sheet.rows, 1)]
    if style.numbering and len(sheet.header[0]) > 3:
        width = len(sheet.header[0])
        labels = 1 if style.numbering == "栏次" else 2
        sheet.header.append([style.numbering] * labels + [str(n) for n in range(1, width - labels + 1)])


def _code_columns(style: Style) -> list[list[str]]:
    if style.split_codes:
        top = ["功能分类科目编码", "功能分类科目编码", "功能分类科目编码", "科目名称"]
        return [top, ["类", "款", "项", "科目名称"]]
    top = ["功能分类科目", "功能分类科目"] if style.wording else ["科目编码", "科目名称"]
    return [top, ["科目编码", "科目名称"]]


def _coded_rows(budget: Budget, style: Style, figures_of: object) -> list[list[str]]:
    rows: list[list[str]] = []

    def stub(code: str, name: str) -> list[str]:
        if not style.split_codes:
            return [code, name]
        return [code[:3], code[3:5], code[5:7], name]

    def add(code: str, name: str) -> None:
        basic, project = budget.under(code)
        if basic or project:
            rows.append([*stub(code, name), *figures_of(basic, project)])  # type: ignore[operator]

    for code, name in functional_codes():
        add(code, name)
    total = [*stub("", "合计"), *figures_of(budget.basic, budget.project)]  # type: ignore[operator]
    return [*rows, total] if style.wording == 1 else [total, *rows]


def _split_figures(style: Style) -> tuple[list[str], object]:
    heads = ["合计", "项目支出", "基本支出"] if style.project_first else ["合计", "基本支出", "项目支出"]

    def figures(basic: Amount, project: Amount) -> list[str]:
        pair = (project, basic) if style.project_first else (basic, project)
        return [printed(amount, style) for amount in (basic + project, *pair)]

    return heads, figures


def expenditure_summary(budget: Budget, style: Style) -> Sheet:
    """支出总表: all expenditure by functional code, basic and project."""
    top, second = _code_columns(style)
    heads, figures = _split_figures(style)
    more = ["上缴上级支出", "对附属单位补助支出"]
    blank = ["", ""]
    header = [[*top, *heads, *more], [*second, *heads, *more]]
    rows = [row + blank for row in _coded_rows(budget, style, figures)]
    return Sheet("expenditure_summary", "", style.unit, header, rows)


def general_budget_expenditure(budget: Budget, style: Style) -> Sheet:
    """一般公共预算支出表: the same by code (made-up budgets have no other money in expenditure)."""
    top, second = _code_columns(style)
    heads, figures = _split_figures(style)
    return Sheet(
        "general_budget_expenditure", "", style.unit, [[*top, *heads], [*second, *heads]],
        _coded_rows(budget, style, figures),
    )  # fmt: skip


def income_summary(budget: Budget, style: Style) -> Sheet:
    """收入总表: income by source, in one row a department."""
    header = [
        ["单位名称", "合计", "本年收入", "本年收入", "本年收入", "本年收入", "上年结转"],
        ["单位名称", "合计", "小计", "一般公共预算拨款收入", "政府性基金预算拨款收入", "其他收入", "上年结转"],
    ]
    current = budget.general + budget.fund + budget.other
    amounts = [current + budget.carried, current, budget.general, budget.fund, budget.other, budget.carried]
    figures = [printed(amount, style) for amount in amounts]
    return Sheet("income_summary", "", style.unit, header, [["合计", *figures], ["本级", *figures]])


def _class_amounts(budget: Budget) -> list[Amount]:
    named = {FUNCTIONS[code][0]: sum(budget.under(code)) for code in FUNCTIONS}
    return [named.get(name, 0) for name in CLASSES]


def income_expenditure_summary(budget: Budget, style: Style) -> Sheet:
    """收支总表: income by source beside expenditure by class, with totals."""
    income = [
        ("一、一般公共预算拨款收入", budget.general), ("二、政府性基金预算拨款收入", budget.fund),
        ("三、事业收入", 0), ("四、其他收入", budget.other),
    ]  # fmt: skip
    total = budget.basic + budget.project
    rows = []
    for index, (name, amount) in enumerate(zip(CLASSES, _class_amounts(budget), strict=True)):
        left = (income[index][0], printed(income[index][1], style)) if index < len(income) else ("", "")
        rows.append([*left, f"{numeral(index + 1)}、{name}", printed(amount, style)])
    current = total - budget.carried
    rows.append(["本年收入合计", printed(current, style), "本年支出合计", printed(total, style)])
    rows.append(["上年结转", printed(budget.carried, style), "结转下年", printed(0, style)])
    rows.append(["收入总计", printed(total, style), "支出总计", printed(total, style)])
    header = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    return Sheet("income_expenditure_summary", "", style.unit, header, rows)


def fiscal_grant_summary(budget: Budget, style: Style) -> Sheet:
    """财政拨款收支总表: grants received beside their use by class and kind of money."""
    total = budget.general + budget.carried
    income = [("一、一般公共预算拨款", budget.general), ("二、政府性基金预算拨款", 0)]

    def use(amount: Amount) -> list[str]:
        return [printed(amount, style), printed(amount, style), printed(0, style)]

    rows = []
    for index, (name, amount) in enumerate(zip(CLASSES, _class_amounts(budget), strict=True)):
        left = (income[index][0], printed(income[index][1], style)) if index < len(income) else ("", "")
        rows.append([*left, f"{numeral(index + 1)}、{name}", *use(amount)])
    rows.append(["本年收入合计", printed(budget.general, style), "本年支出合计", *use(total)])
    rows.append(["上年结转", printed(budget.carried, style), "结转下年", *use(0)])
    rows.append(["收入总计", printed(total, style), "支出总计", *use(total)])
    header = [
        ["收入", "收入", "支出", "支出", "支出", "支出"],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"],
    ]
    return Sheet("fiscal_grant_summary", "", style.unit, header, rows)


def basic_expenditure(budget: Budget, style: Style) -> Sheet:
    """基本支出表: basic money by economic code, people and running costs."""

    def figures(code: str, amount: Amount) -> list[str]:
        people = amount if code[:3] != "302" else 0
        return [printed(value, style) for value in (amount, people, amount - people)]

    rows: list[list[str]] = []
    running = sum(amount for code, amount in budget.economic.items() if code.startswith("302"))
    for code, (name, items) in ECONOMIC.items():
        amount = sum(value for key, value in budget.economic.items() if key.startswith(code))
        if not amount:
            continue
        rows.append([code, name, *figures(code, amount)])
        rows += [
            [item, items[item], *figures(item, budget.economic[item])] for item in items if item in budget.economic
        ]
    total = [printed(value, style) for value in (budget.basic, budget.basic - running, running)]
    rows = [*rows, ["", "合计", *total]] if style.wording == 1 else [["", "合计", *total], *rows]
    header = [
        ["经济分类科目", "经济分类科目", "基本支出", "基本支出", "基本支出"],
        ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
    ]
    return Sheet("basic_expenditure", "", style.unit, header, rows)


def three_public(budget: Budget, style: Style) -> Sheet:
    """三公经费表: abroad, cars (purchase, running), receptions, in one row."""
    abroad, purchase, running, reception = budget.three_public
    header = [
        [
            "合计",
            "因公出国（境）费",
            "公务用车购置及运行费",
            "公务用车购置及运行费",
            "公务用车购置及运行费",
            "公务接待费",
        ],
        ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行费", "公务接待费"],
    ]
    amounts = (sum(budget.three_public), abroad, purchase + running, purchase, running, reception)
    always = Style(unit=style.unit, separators=style.separators, zero="0.00")
    return Sheet("three_public", "", style.unit, header, [[printed(amount, always) for amount in amounts]])


def government_fund(budget: Budget, style: Style) -> Sheet:
    """政府性基金预算支出表: empty but for its total (made-up departments have no such money)."""
    top, second = _code_columns(style)
    heads, _figures = _split_figures(style)
    stub = ["", "", "", "合计"] if style.split_codes else ["", "合计"]
    return Sheet("government_fund", "", style.unit, [[*top, *heads], [*second, *heads]], [[*stub, "", "", ""]])


def narrative(budget: Budget, style: Style, entity: str, year: int) -> list[str]:
    """Running text that quotes the figures, in our own words."""
    total = budget.basic + budget.project
    always = Style(unit=style.unit, separators=False, zero="0.00")

    def say(amount: Amount) -> str:
        return printed(amount, always) + style.unit

    share = Decimal(budget.basic * 100 / total).quantize(Decimal("0.01")) if total else Decimal(0)
    rest = Decimal(100) - share
    abroad, purchase, running, reception = budget.three_public
    return [
        f"第一部分 {entity}概况",
        "本部门负责拟订本地区相关事业发展规划并组织落实，承担日常监督检查和公共服务工作。",
        f"第二部分 {year}年部门预算情况说明",
        f"一、收支总体情况。{year}年收入总计{say(total)}，支出总计{say(total)}。",
        (
            f"二、支出总体情况。{year}年支出合计{say(total)}，其中：基本支出{say(budget.basic)}，占{share}%；"
            f"项目支出{say(budget.project)}，占{rest}%。"
        ),
        (
            f"三、“三公”经费情况。{year}年“三公”经费预算{say(sum(budget.three_public))}，其中：因公出国（境）费{say(abroad)}；"
            f"公务用车购置费{say(purchase)}，公务用车运行费{say(running)}；公务接待费{say(reception)}。"
        ),
    ]
