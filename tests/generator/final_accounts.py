"""Consistent made-up final accounts: the nine statements 公开01 to 公开09, some of their regional variants, by seed."""

from __future__ import annotations

import random

from tests.generator.content import (
    CLASSES,
    DEPARTMENTS,
    ECONOMIC,
    FUNCTIONS,
    PLACES,
    Amount,
    Budget,
    Disclosure,
    Sheet,
    Style,
    functional_codes,
    numeral,
    printed,
    random_budget,
)

TITLES = {
    "income_expenditure_summary": "收入支出决算总表",
    "income_summary": "收入决算表",
    "expenditure_summary": "支出决算表",
    "fiscal_grant_summary": "财政拨款收入支出决算总表",
    "general_budget_expenditure": "一般公共预算财政拨款支出决算表",
    "basic_expenditure": "一般公共预算财政拨款基本支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
    "government_fund": "政府性基金预算财政拨款收入支出决算表",
    "state_capital": "国有资本经营预算财政拨款支出决算表",
}
INCOME = (
    "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入", "上级补助收入",
    "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip


class _Accounts:
    """The statements of one department."""

    def __init__(self, chance: random.Random, budget: Budget, style: Style) -> None:
        self.budget, self.style = budget, style
        self.lines = chance.random() < 0.5
        """Whether rows are numbered in a column 行次."""
        self.levels = chance.random() < 0.4
        """Whether codes stand in three columns 类 款 项."""
        self.full = chance.random() < 0.4
        """Whether 一般公共预算财政拨款支出 is printed with its balances."""
        self.word = chance.choice(["小计", "合计"])
        self.amount = chance.choice(["金额", "决算数"])
        # Income by source and by code must agree, so nothing is carried over.
        self.carried = 0
        self.year = chance.randint(2016, 2025)

    def print(self, amount: Amount) -> str:
        return printed(amount, self.style)

    def stub_header(self, rows: int) -> list[list[str]]:
        """The header of the code and name columns, in so many rows."""
        if self.levels:
            code = ["功能分类科目编码"] * 3 + ["科目名称"]
            return [["项目"] * 4, code, ["类", "款", "项", "科目名称"]]
        found = [["项目"] * 2, ["功能分类科目编码", "科目名称"]]
        return found + [found[-1]] * (rows - 2)

    def coded(self, heads: list[list[str]], figures: object) -> tuple[list[list[str]], list[list[str]]]:
        """Header and rows of a statement by functional code; `heads` are the header rows above the figures."""
        stub = self.stub_header(len(heads))
        while len(heads) < len(stub):
            heads = [*heads, heads[-1]]
        header = [[*left, *right] for left, right in zip(stub, heads, strict=True)]
        rows: list[list[str]] = []

        def add(code: str, name: str) -> None:
            basic, project = self.budget.under(code)
            if basic or project:
                split = [code[:3], code[3:5], code[5:7]] if self.levels else [code]
                rows.append([*split, name, *figures(basic, project)])  # type: ignore[operator]

        blank = [""] * (3 if self.levels else 1)
        rows.append([*blank, "合计", *figures(self.budget.basic, self.budget.project)])  # type: ignore[operator]
        for code, name in functional_codes():
            add(code, name)
        return header, rows

    def sheet(self, form: str, header: list[list[str]], rows: list[list[str]]) -> Sheet:
        return Sheet(form, TITLES[form], self.style.unit, header, rows)

    def numbered(self, sheet: Sheet, labels: int) -> Sheet:
        """Adds the row 栏次."""
        if self.style.numbering:
            count = len(sheet.header[0]) - labels
            sheet.header.append(["栏次"] * labels + [str(n) for n in range(1, count + 1)])
        return sheet

    def two_sided(self, form: str, left: list[tuple[str, str]], right: list[list[str]], heads: list[str]) -> Sheet:
        """A statement of income beside expenditure, rows numbered or not."""
        rows = []
        for index in range(max(len(left), len(right))):
            name, amount = left[index] if index < len(left) else ("", "")
            label, *amounts = right[index] if index < len(right) else [""] * (len(heads) + 1)
            if self.lines:
                rows.append([name, str(index + 1), amount, label, str(index + 1 + len(right)), *amounts])
            else:
                rows.append([name, amount, label, *amounts])
        side = ["项目", "行次"] if self.lines else ["项目"]
        width = len(side)
        header = [
            ["收入"] * (width + 1) + ["支出"] * (width + len(heads)),
            [*side, self.amount, *side, *heads],
        ]
        return self.sheet(form, header, rows)

    def classes(self) -> list[tuple[str, Amount]]:
        named = {FUNCTIONS[code][0]: sum(self.budget.under(code)) for code in FUNCTIONS}
        return [(f"{numeral(n)}、{name}", named.get(name, 0)) for n, name in enumerate(CLASSES, 1)]

    def summary(self) -> Sheet:
        total = self.budget.basic + self.budget.project
        sums = [total - self.carried, *[0] * 7]
        left = [(f"{numeral(n)}、{name}", self.print(sums[n - 1])) for n, name in enumerate(INCOME, 1)]
        right = [[label, self.print(amount)] for label, amount in self.classes()]
        left += [("", "")] * (len(right) - len(left))
        left += [
            ("本年收入合计", self.print(total - self.carried)), ("使用非财政拨款结余", self.print(0)),
            ("年初结转和结余", self.print(self.carried)), ("总计", self.print(total)),
        ]  # fmt: skip
        right += [
            ["本年支出合计", self.print(total)], ["结余分配", self.print(0)],
            ["年末结转和结余", self.print(0)], ["总计", self.print(total)],
        ]  # fmt: skip
        return self.two_sided("income_expenditure_summary", left, right, [self.amount])

    def grant(self) -> Sheet:
        total = self.budget.basic + self.budget.project
        heads = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]

        def use(amount: Amount) -> list[str]:
            return [self.print(amount), self.print(amount), self.print(0), self.print(0)]

        names = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
        left = [
            (f"{numeral(n)}、{name}", self.print(total - self.carried if n == 1 else 0))
            for n, name in enumerate(names, 1)
        ]
        right = [[label, *use(amount)] for label, amount in self.classes()]
        left += [("", "")] * (len(right) - len(left))
        left += [
            ("本年收入合计", self.print(total - self.carried)),
            ("年初财政拨款结转和结余", self.print(self.carried)),
            ("总计", self.print(total)),
        ]
        right += [["本年支出合计", *use(total)], ["年末财政拨款结转和结余", *use(0)], ["总计", *use(total)]]
        return self.two_sided("fiscal_grant_summary", left, right, heads)

    def income(self) -> Sheet:
        heads = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]

        def figures(basic: Amount, project: Amount) -> list[str]:
            return [self.print(amount) for amount in (basic + project, basic + project, 0, 0, 0, 0, 0)]

        sheet = self.sheet("income_summary", *self.coded([heads, heads], figures))
        return self.numbered(sheet, 4 if self.levels else 2)

    def expenditure(self) -> Sheet:
        heads = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]

        def figures(basic: Amount, project: Amount) -> list[str]:
            return [self.print(amount) for amount in (basic + project, basic, project, 0, 0, 0)]

        sheet = self.sheet("expenditure_summary", *self.coded([heads, heads], figures))
        return self.numbered(sheet, 4 if self.levels else 2)

    def general(self) -> Sheet:
        lower = [self.word, "基本支出", "项目支出"]
        if not self.full:

            def figures(basic: Amount, project: Amount) -> list[str]:
                return [self.print(amount) for amount in (basic + project, basic, project)]

            heads = [["本年支出"] * 3, lower]
        else:

            def figures(basic: Amount, project: Amount) -> list[str]:
                total = basic + project
                amounts = (0, 0, 0, total, basic, project, total, basic, project, 0, 0, 0)
                return [self.print(amount) for amount in amounts]

            upper = ["年初结转和结余", "本年收入", "本年支出", "年末结转和结余"]
            heads = [[text for text in upper for _ in range(3)], lower * 2 + lower * 2]
        sheet = self.sheet("general_budget_expenditure", *self.coded(heads, figures))
        return self.numbered(sheet, 4 if self.levels else 2)

    def basic(self) -> Sheet:
        """公开06: people at the left, running costs in two runs of columns at the right."""
        sides: list[list[list[str]]] = []
        for code in ("301", "302"):
            name, items = ECONOMIC[code]
            listed = [[code, name, self.print(self._economic(code))]]
            listed += [[item, items[item], self.print(self.budget.economic.get(item, 0))] for item in items]
            sides.append(listed)
        name, items = ECONOMIC["303"]
        sides[0].append(["303", name, self.print(self._economic("303"))])
        sides[0] += [[item, items[item], self.print(self.budget.economic.get(item, 0))] for item in items]
        half = (len(sides[1]) + 1) // 2
        columns = [sides[0], sides[1][:half], sides[1][half:]]
        height = max(map(len, columns))
        rows = [
            [text for column in columns for text in (column[index] if index < len(column) else ["", "", ""])]
            for index in range(height)
        ]
        people = self._economic("301") + self._economic("303")
        rows.append(
            ["", "人员经费合计", self.print(people), "", "公用经费合计", "", "", "", self.print(self._economic("302"))]
        )
        header = [["人员经费"] * 3 + ["公用经费"] * 6, ["科目编码", "科目名称", self.amount] * 3]
        return self.sheet("basic_expenditure", header, rows)

    def _economic(self, code: str) -> Amount:
        return sum(amount for key, amount in self.budget.economic.items() if key.startswith(code))

    def three_public(self) -> Sheet:
        abroad, purchase, running, reception = self.budget.three_public
        lower = ["合计", "因公出国（境）费", *["公务用车购置及运行维护费"] * 3, "公务接待费"]
        lowest = ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
        header = [["预算数"] * 6 + ["决算数"] * 6, lower * 2, lowest * 2]
        amounts = (sum(self.budget.three_public), abroad, purchase + running, purchase, running, reception)
        always = Style(unit=self.style.unit, separators=self.style.separators, zero="0.00")
        row = [printed(amount + 100 * (amount > 0), always) for amount in amounts]
        return self.sheet("three_public", header, [[*row, *(printed(amount, always) for amount in amounts)]])

    def fund(self) -> Sheet:
        upper = ["年初结转和结余", "本年收入", "本年支出", "本年支出", "本年支出", "年末结转和结余"]
        lower = ["年初结转和结余", "本年收入", self.word, "基本支出", "项目支出", "年末结转和结余"]
        header, rows = self.coded([upper, lower], lambda basic, project: [""] * 6)
        return self.sheet("government_fund", header, rows[:1])

    def capital(self) -> Sheet:
        lower = [self.word, "基本支出", "项目支出"]
        header, rows = self.coded([["本年支出"] * 3, lower], lambda basic, project: [""] * 3)
        return self.sheet("state_capital", header, rows[:1])


def random_final_accounts(seed: int) -> Disclosure:
    """The made-up final accounts of this seed."""
    chance = random.Random(f"final accounts {seed}")
    name, kind = chance.choice(PLACES)
    style = Style(
        unit=chance.choice(["万元", "万元", "元"]), separators=chance.random() < 0.5,
        zero=chance.choice(["", "", "0.00"]), numbering=chance.choice(["", "栏次"]),
    )  # fmt: skip
    accounts = _Accounts(chance, random_budget(chance), style)
    entity = f"{name}{kind}{chance.choice(DEPARTMENTS)}"
    title = f"{entity}{accounts.year}年度部门决算"
    made = Disclosure(entity, accounts.year, "final_account", style, [], title=title)
    made.sheets = [
        accounts.summary(), accounts.income(), accounts.expenditure(), accounts.grant(), accounts.general(),
        accounts.basic(), accounts.three_public(), accounts.fund(), accounts.capital(),
    ]  # fmt: skip
    total = printed(accounts.budget.basic + accounts.budget.project, Style(zero="0.00"))
    made.paragraphs = [
        f"第一部分 {entity}概况",
        "本部门承担日常监督检查和公共服务工作。",
        f"第二部分 {accounts.year}年度部门决算情况说明",
        f"一、收入支出决算总体情况。{accounts.year}年度收入总计{total}{style.unit}，支出总计{total}{style.unit}。",
    ]
    return made
