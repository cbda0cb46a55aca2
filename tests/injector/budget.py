"""The ten tables of a made-up department budget, and the equations that hold in them and between them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.model.check import Family
from workbench.model.table import Cell, CellRef, Form, StatedFigure, Table

_CLASSES = {
    "201": "一般公共服务支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "213": "农林水支出",
    "221": "住房保障支出",
}
_ECONOMIC = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}


@dataclass(frozen=True)
class Equation:
    """Cells with coefficients, the first one the total or the left side."""

    family: Family
    terms: tuple[tuple[CellRef, int], ...]


@dataclass
class Sheet:
    """A table being filled: a row holds its labels and its amounts in 分. `codes` says which row a code has."""

    id: str
    title: str
    form: Form
    header: tuple[tuple[str, ...], ...]
    labels: int = 2
    rows: list[tuple[tuple[str, ...], list[int | None]]] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    total: int = 0

    def add(self, labels: tuple[str, ...], amounts: Sequence[int | None]) -> int:
        self.rows.append((labels, list(amounts)))
        return len(self.rows) - 1

    def ref(self, row: int, amount: int) -> CellRef:
        return CellRef(self.id, row, self.labels + amount)

    def of_total(self, amount: int) -> CellRef:
        return self.ref(self.total, amount)

    def of_code(self, code: str, amount: int) -> CellRef:
        return self.ref(self.codes[code], amount)


@dataclass(frozen=True)
class Money:
    """What a department has and spends, in 分."""

    items: Mapping[str, tuple[int, int, int]]
    """By code of the item: basic staff, basic office, project."""
    fund: Mapping[str, int]
    """The items of the government fund; they have projects only."""
    carried: int
    other: int
    """Income of another kind, spent on a project of one item."""
    other_code: str

    @property
    def general(self) -> dict[str, int]:
        """The general budget by item."""
        return {code: sum(amounts) for code, amounts in self.items.items()}

    @property
    def general_total(self) -> int:
        return sum(self.general.values())

    @property
    def fund_total(self) -> int:
        return sum(self.fund.values())

    @property
    def spent(self) -> int:
        return self.general_total + self.fund_total + self.other

    @property
    def staff(self) -> int:
        return sum(amounts[0] for amounts in self.items.values())

    @property
    def office(self) -> int:
        return sum(amounts[1] for amounts in self.items.values())

    @property
    def project(self) -> int:
        """Projects of the general budget."""
        return sum(amounts[2] for amounts in self.items.values())

    @property
    def projects(self) -> int:
        """Projects, whatever pays for them."""
        return self.project + self.fund_total + self.other

    def by_class(self) -> dict[str, int]:
        """The general budget by class."""
        classes = sorted({code[:3] for code in self.items})
        return {code: sum(value for item, value in self.general.items() if item.startswith(code)) for code in classes}

    def other_of(self, code: str) -> int:
        """What of the other income is spent on this item."""
        return self.other if code == self.other_code else 0


class Maker:
    """Fills the tables of one department from a source of chance."""

    def __init__(self, rng: random.Random, offset: int, stated: int) -> None:
        self.rng = rng
        self.offset = offset
        self.first_stated = stated
        self.sheets: list[Sheet] = []
        self.stated: list[StatedFigure] = []
        self.equations: list[Equation] = []
        self.commas = rng.random() < 0.3
        self.zeros = rng.random() < 0.4

    def make(self) -> None:
        """All tables, then what holds between them and the text."""
        money = self._money()
        spent = self._summary(money)
        income = self._income(money)
        outgo = self._outgo(money)
        self._same_by_code(income, 0, outgo, 0)
        grants = self._grants(money)
        general = self._general(money, outgo, grants)
        basic = self._basic(money, general)
        public = self._three_public()
        fund = self._fund(money, outgo)
        self._projects(money, outgo, general)
        economic = self._economic(money, basic)
        for ref in (income.of_total(0), economic.of_total(0)):
            self._rule(Family.CROSS_TABLE, (ref, 1), (outgo.of_total(0), -1))
        self._rule(Family.CROSS_TABLE, (grants.of_total(1), 1), (general.of_total(0), -1))
        self._rule(Family.CROSS_TABLE, (spent, 1), (outgo.of_total(0), -1))
        self._state("支出预算", money.spent, outgo.of_total(0))
        self._state("基本支出", money.staff + money.office, outgo.of_total(1))
        self._state("项目支出", money.projects, outgo.of_total(2))
        self._state("一般公共预算支出", money.general_total, general.of_total(0))
        self._state("政府性基金预算支出", money.fund_total, fund.of_total(0))
        self._state("“三公”经费", public.rows[0][1][0] or 0, public.ref(0, 0))
        self._state("公务接待费", public.rows[5][1][0] or 0, public.ref(5, 0))

    def printed(self, sheet: Sheet) -> Table:
        """A sheet as its document prints it."""
        rows = []
        for labels, amounts in sheet.rows:
            rows.append(tuple(Cell(text) for text in (*labels, *(self._text(amount) for amount in amounts))))
        header = tuple(tuple(Cell(text) for text in row) for row in sheet.header)
        return Table(sheet.id, sheet.title, sheet.form, "万元", header, tuple(rows), (1,), unit_printed=True)

    # the money

    def _money(self) -> Money:
        rng = self.rng
        items: dict[str, tuple[int, int, int]] = {}
        for code in sorted(rng.sample(sorted(_CLASSES), rng.randint(3, 4))):
            for group in sorted(rng.sample(range(1, 30), rng.randint(1, 3))):
                for item in sorted(rng.sample(range(1, 20), rng.randint(1, 3))):
                    basic = rng.random() < 0.6
                    staff = self._amount(2000) if basic else 0
                    office = self._amount(500, 90_000) if basic and rng.random() < 0.7 else 0
                    project = self._amount(1000) if not basic or rng.random() < 0.35 else 0
                    items[f"{code}{group:02d}{item:02d}"] = (staff, office, project)
        fund = {f"21208{item:02d}": self._amount(5000) for item in rng.sample(range(1, 9), 2)}
        carried = self._amount(500, 40_000) if rng.random() < 0.5 else 0
        return Money(items, fund, carried, self._amount(1000, 60_000), rng.choice(sorted(items)))

    def _amount(self, low: int = 100, high: int = 400_000) -> int:
        """An amount as budgets have them: spread over magnitudes, some of them round."""
        exponent = self.rng.uniform(0, 1)
        value = int(low * (high / low) ** exponent)
        return max(value // 1000 * 1000, 1000) if self.rng.random() < 0.15 else value

    def _split(self, total: int, count: int) -> list[int]:
        if total <= 0:
            return [0] * count
        cuts = sorted(self.rng.randint(0, total) for _ in range(count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]

    # the tables, in their order

    def _summary(self, money: Money) -> CellRef:
        """t01, income beside expenditure; the cell of all expenditure."""
        header = ("收入项目", "预算数", "支出项目", "预算数")
        sheet = self._sheet("部门收支总表", Form.INCOME_EXPENDITURE_SUMMARY, header, 0)
        classes = money.by_class()
        classes[money.other_code[:3]] += money.other
        left = [
            ("一、一般公共预算拨款收入", money.general_total - money.carried),
            ("二、政府性基金预算拨款收入", money.fund_total),
            ("三、国有资本经营预算拨款收入", 0),
            ("四、事业收入", 0),
            ("五、其他收入", money.other),
        ]
        right = [(_CLASSES[code], value) for code, value in classes.items()] + [("城乡社区支出", money.fund_total)]
        height = max(len(left), len(right))
        for number in range(height):
            label, income = left[number] if number < len(left) else ("", None)
            name, expenditure = right[number] if number < len(right) else ("", None)
            sheet.rows.append(((label, self._text(income), name, self._text(expenditure)), []))
        for label, income, name, expenditure in (
            ("本年收入合计", sum(value for _, value in left), "本年支出合计", money.spent),
            ("上年结转", money.carried, "结转下年", 0),
            ("收入总计", money.spent, "支出总计", money.spent),
        ):
            sheet.rows.append(((label, self._text(income), name, self._text(expenditure)), []))

        def at(row: int, column: int) -> CellRef:
            return CellRef(sheet.id, row, column)

        self._rule(Family.COLUMN_SUM, (at(height, 1), 1), *((at(n, 1), -1) for n in range(len(left))))
        self._rule(Family.COLUMN_SUM, (at(height, 3), 1), *((at(n, 3), -1) for n in range(len(right))))
        for column in (1, 3):
            total, year, moved = (at(height + row, column) for row in (2, 0, 1))
            self._rule(Family.BALANCE, (total, 1), (year, -1), (moved, -1))
        self._rule(Family.BALANCE, (at(height + 2, 1), 1), (at(height + 2, 3), -1))
        return at(height + 2, 3)

    def _income(self, money: Money) -> Sheet:
        """t02, income by code."""
        header = ("科目编码", "科目名称", "合计", "上年结转", "一般公共预算", "政府性基金", "其他收入")
        general = money.general
        carry_code = max(general, key=lambda code: general[code])
        rows: dict[str, Sequence[int]] = {}
        for code, value in general.items():
            carried, other = money.carried if code == carry_code else 0, money.other_of(code)
            rows[code] = (value + other, carried, value - carried, 0, other)
        rows |= {code: (value, 0, 0, value, 0) for code, value in money.fund.items()}
        return self._coded("部门收入总表", Form.INCOME_SUMMARY, header, rows)

    def _outgo(self, money: Money) -> Sheet:
        """t03, expenditure by code."""
        header = ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "其他支出")
        rows: dict[str, Sequence[int]] = {}
        for code, (staff, office, project) in money.items.items():
            other = money.other_of(code)
            rows[code] = (staff + office + project + other, staff + office, project + other, 0)
        rows |= {code: (value, 0, value, 0) for code, value in money.fund.items()}
        return self._coded("部门支出总表", Form.EXPENDITURE_SUMMARY, header, rows)

    def _grants(self, money: Money) -> Sheet:
        """t04, fiscal grants: expenditure by class."""
        header = ("支出功能分类", "合计", "一般公共预算", "政府性基金", "国有资本")
        sheet = self._sheet("财政拨款收支总表", Form.FISCAL_GRANT_SUMMARY, header, 1)
        for code, value in money.by_class().items():
            sheet.codes[code] = sheet.add((_CLASSES[code],), (value, value, 0, 0))
        sheet.codes["212"] = sheet.add(("城乡社区支出",), (money.fund_total, 0, money.fund_total, 0))
        both = money.general_total + money.fund_total
        sheet.total = sheet.add(("支出合计",), (both, money.general_total, money.fund_total, 0))
        self._row_sums(sheet, (1, 2, 3))
        self._column_sums(sheet, sheet.codes.values(), range(4))
        return sheet

    def _general(self, money: Money, outgo: Sheet, grants: Sheet) -> Sheet:
        """t05, the general budget by code."""
        header = ("科目编码", "科目名称", "合计", "人员经费", "公用经费", "项目支出")
        rows = {code: (sum(amounts), *amounts) for code, amounts in money.items.items()}
        sheet = self._coded("一般公共预算支出表", Form.GENERAL_BUDGET_EXPENDITURE, header, rows)
        same = [code for code in sheet.codes if not money.other_code.startswith(code)]
        self._same_by_code(sheet, 0, outgo, 0, same)
        self._same_by_code(sheet, 3, outgo, 2, same)
        self._same_by_code(grants, 1, sheet, 0)
        return sheet

    def _basic(self, money: Money, general: Sheet) -> Sheet:
        """t06, basic expenditure by economic code."""
        header = ("经济分类", "名称", "合计", "人员经费", "公用经费")
        sheet = self._sheet("一般公共预算基本支出表", Form.BASIC_EXPENDITURE, header)
        staff = self._split(money.staff, self.rng.randint(6, 8))
        office = self._split(money.office, self.rng.randint(7, 11))
        codes = [f"301{number:02d}" for number in range(1, len(staff) - 1)] + ["30302", "30305"]
        rows: dict[str, Sequence[int]] = {code: (value, value, 0) for code, value in zip(codes, staff, strict=False)}
        rows |= {f"302{number:02d}": (value, 0, value) for number, value in enumerate(office, 1)}
        self._fill(sheet, rows, lambda code: _ECONOMIC.get(code, f"经济科目{code}"))
        self._row_sums(sheet, (1, 2))
        self._trees(sheet, range(3))
        for amount in (1, 2):
            self._rule(Family.CROSS_TABLE, (sheet.of_total(amount), 1), (general.of_total(amount), -1))
        return sheet

    def _three_public(self) -> Sheet:
        """t07, the three public expenses, this year and last year."""
        rng = self.rng
        sheet = self._sheet("“三公”经费支出表", Form.THREE_PUBLIC, ("项目", "2024年预算数", "2023年预算数"), 1)
        trips = [self._amount(100, 3000) if rng.random() < 0.4 else 0 for _ in range(2)]
        buying = [self._amount(1000, 3000) if rng.random() < 0.4 else 0 for _ in range(2)]
        running = [self._amount(200, 4000) for _ in range(2)]
        guests = [self._amount(50, 900) for _ in range(2)]
        cars = [a + b for a, b in zip(buying, running, strict=True)]
        rows = [
            sheet.add(("合计",), [sum(v) for v in zip(trips, cars, guests, strict=True)]),
            sheet.add(("1、因公出国（境）费用",), trips),
            sheet.add(("2、公务用车购置及运行费",), cars),
            sheet.add(("其中：公务用车购置费",), buying),
            sheet.add(("公务用车运行费",), running),
            sheet.add(("3、公务接待费",), guests),
        ]
        for amount in range(2):
            at = [sheet.ref(row, amount) for row in rows]
            self._rule(Family.CHILDREN_SUM, (at[0], 1), (at[1], -1), (at[2], -1), (at[5], -1))
            self._rule(Family.CHILDREN_SUM, (at[2], 1), (at[3], -1), (at[4], -1))
        return sheet

    def _fund(self, money: Money, outgo: Sheet) -> Sheet:
        """t08, the government fund by code."""
        header = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
        rows = {code: (value, 0, value) for code, value in money.fund.items()}
        sheet = self._coded("政府性基金预算支出表", Form.GOVERNMENT_FUND, header, rows)
        self._same_by_code(sheet, 0, outgo, 0)
        return sheet

    def _projects(self, money: Money, outgo: Sheet, general: Sheet) -> None:
        """t09, the projects."""
        header = ("项目名称", "合计", "一般公共预算", "政府性基金", "其他资金")
        sheet = self._sheet("项目支出表", Form.PROJECT_EXPENDITURE, header, 1)
        lines = [(value, 0, 0) for value in self._split(money.project, self.rng.randint(4, 7))]
        lines += [(0, value, 0) for value in self._split(money.fund_total, 2)] + [(0, 0, money.other)]
        sheet.total = sheet.add(("合计",), (money.projects, money.project, money.fund_total, money.other))
        rows = [sheet.add((f"专项工作经费{number}",), (sum(v), *v)) for number, v in enumerate(lines, 1)]
        self._row_sums(sheet, (1, 2, 3))
        self._column_sums(sheet, rows, range(4))
        self._rule(Family.CROSS_TABLE, (sheet.of_total(0), 1), (outgo.of_total(2), -1))
        self._rule(Family.CROSS_TABLE, (sheet.of_total(1), 1), (general.of_total(3), -1))

    def _economic(self, money: Money, basic: Sheet) -> Sheet:
        """t10, all expenditure by economic class."""
        header = ("经济分类", "名称", "合计", "基本支出", "项目支出")
        sheet = self._sheet("支出经济分类汇总表", Form.ECONOMIC_CLASSIFICATION, header)
        projects = dict(zip(("302", "303", "309", "310"), self._split(money.projects, 4), strict=True))
        sheet.total = sheet.add(("", "合计"), (money.spent, money.staff + money.office, money.projects))
        for code in ("301", *projects):
            known = (basic.rows[basic.codes[code]][1][0] or 0) if code in basic.codes else 0
            label = _ECONOMIC.get(code, f"资本性支出{code}")
            project = projects.get(code, 0)
            sheet.codes[code] = sheet.add((code, label), (known + project, known, project))
        self._row_sums(sheet, (1, 2))
        self._trees(sheet, range(3))
        self._same_by_code(basic, 0, sheet, 1)
        return sheet

    # filling

    def _sheet(self, title: str, form: Form, header: Sequence[str], labels: int = 2) -> Sheet:
        sheet = Sheet(f"t{self.offset + len(self.sheets) + 1:02d}", title, form, (tuple(header),), labels)
        self.sheets.append(sheet)
        return sheet

    def _coded(self, title: str, form: Form, header: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Sheet:
        """A statement by functional code; its first amount is the sum of the others."""
        sheet = self._sheet(title, form, header)
        self._fill(sheet, rows, _functional_name)
        amounts = range(len(header) - 2)
        self._row_sums(sheet, amounts[1:])
        self._trees(sheet, amounts)
        return sheet

    def _fill(self, sheet: Sheet, rows: Mapping[str, Sequence[int]], name: Callable[[str], str]) -> None:
        """A row for each code and each code above it, below their total."""
        found: dict[str, list[int]] = {}
        for code, amounts in sorted(rows.items()):
            for length in range(3, len(code) + 1, 2):
                known = found.setdefault(code[:length], [0] * len(amounts))
                for index, amount in enumerate(amounts):
                    known[index] += amount
        found = dict(sorted(found.items()))
        top = [amounts for code, amounts in found.items() if len(code) == 3]
        sheet.total = sheet.add(("", "合计"), [sum(column) for column in zip(*top, strict=True)])
        sheet.codes = {code: sheet.add((code, name(code)), amounts) for code, amounts in found.items()}

    def _text(self, amount: int | None) -> str:
        if amount is None:
            return ""
        if amount == 0:
            return "0.00" if self.zeros else ""
        return f"{Decimal(amount).scaleb(-2):{',' if self.commas else ''}.2f}"

    # what holds

    def _rule(self, family: Family, *terms: tuple[CellRef, int]) -> None:
        if len(terms) > 1:
            self.equations.append(Equation(family, tuple(terms)))

    def _row_sums(self, sheet: Sheet, parts: Sequence[int]) -> None:
        for row in range(len(sheet.rows)):
            self._rule(Family.ROW_SUM, (sheet.ref(row, 0), 1), *((sheet.ref(row, part), -1) for part in parts))

    def _column_sums(self, sheet: Sheet, rows: Iterable[int], amounts: Sequence[int]) -> None:
        listed = list(rows)
        for amount in amounts:
            parts = [(sheet.ref(row, amount), -1) for row in listed]
            self._rule(Family.COLUMN_SUM, (sheet.of_total(amount), 1), *parts)

    def _trees(self, sheet: Sheet, amounts: Sequence[int]) -> None:
        """Each code is the sum of the codes one level below; the grand total is the sum of the top level."""
        codes = sheet.codes
        for code, row in codes.items():
            below = [child for other, child in codes.items() if other.startswith(code) and len(other) == len(code) + 2]
            for amount in amounts if below else ():
                children = ((sheet.ref(child, amount), -1) for child in below)
                self._rule(Family.CHILDREN_SUM, (sheet.ref(row, amount), 1), *children)
        self._column_sums(sheet, (row for code, row in codes.items() if len(code) == 3), amounts)

    def _same_by_code(
        self, one: Sheet, amount: int, other: Sheet, its: int, codes: Iterable[str] | None = None
    ) -> None:
        """An amount of the one sheet is one of the other's, code by code."""
        for code in one.codes if codes is None else codes:
            if code in other.codes:
                self._rule(Family.CROSS_TABLE, (one.of_code(code, amount), 1), (other.of_code(code, its), -1))

    def _state(self, label: str, amount: int, ref: CellRef) -> None:
        """The text says so too."""
        if not amount:
            return
        identifier = f"s{self.first_stated + len(self.stated) + 1:02d}"
        text = f"{Decimal(amount).scaleb(-2):.2f}"
        self.stated.append(StatedFigure(identifier, label, Cell(text), "万元", f"2024年{label}{text}万元", year=2024))
        self._rule(Family.NARRATIVE, (CellRef(identifier, 0, 0), 1), (ref, -1))


def _functional_name(code: str) -> str:
    if len(code) == 7:
        return f"项目科目{code[3:]}"
    return _CLASSES.get(code) or ("城乡社区支出" if code == "212" else f"款级科目{code}")
