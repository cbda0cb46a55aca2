"""Made-up department budgets of ten tables in which everything adds up, with the equations that must hold.

The equations are those of the generator and not of `workbench.checks`, so that localisation is measured on its own and
at chosen densities; `Reconciliation.of` on the same documents measures both together.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.checks.evaluate import evaluate_one
from workbench.checks.figures import Figures
from workbench.checks.reconciliation import _Index
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.edit import Edit, EditError
from workbench.model.message import Message
from workbench.model.source import SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, StatedFigure, Table

DENSITIES = {"dense": (1.0, 1.0), "sparse": (0.5, 0.67), "thin": (0.15, 0.4)}
"""The share of cross-table equations by code, and of the others, that are kept."""

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
_ECONOMIC = {"301": ("工资福利支出", 8), "302": ("商品和服务支出", 12), "303": ("对个人和家庭的补助", 4)}


@dataclass(frozen=True)
class Equation:
    """Cells with coefficients, the first one the total or the left side."""

    family: Family
    terms: tuple[tuple[CellRef, int], ...]


@dataclass
class Sheet:
    """A table being filled: a row holds its labels and its amounts in 分."""

    id: str
    title: str
    form: Form
    header: tuple[tuple[str, ...], ...]
    labels: int = 2
    rows: list[tuple[tuple[str, ...], list[int | None]]] = field(default_factory=list)

    def add(self, labels: tuple[str, ...], amounts: Sequence[int | None]) -> int:
        self.rows.append((labels, list(amounts)))
        return len(self.rows) - 1

    def ref(self, row: int, amount: int) -> CellRef:
        return CellRef(self.id, row, self.labels + amount)


@dataclass(frozen=True)
class Sample:
    """A consistent document and the equations that hold in it."""

    document: Document
    equations: tuple[Equation, ...]

    def at(self, density: str, rng: random.Random) -> Sample:
        """The same document with only some of its equations known."""
        by_code, others = DENSITIES[density]
        kept = [
            equation
            for equation in self.equations
            if rng.random() < (by_code if equation.family is Family.CROSS_TABLE else others)
        ]
        return replace(self, equations=tuple(kept))

    def reconciliation(self, document: Document | None = None) -> Planned:
        """The known equations met with a document of this shape."""
        return Planned.on(document or self.document, checks_of(self.equations))


class Planned(Reconciliation):
    """A reconciliation with a fixed list of checks, which no edit rebuilds."""

    @classmethod
    def on(cls, document: Document, checks: tuple[Check, ...], index: _Index | None = None) -> Planned:
        figures = Figures(document)
        results = tuple(evaluate_one(check, figures) for check in checks)
        return cls(document, checks, results, figures=figures, index=index or _Index(checks))

    def after(self, document: Document, edits: Sequence[Edit]) -> Planned:
        refs = _differing(self.document, document)
        figures, columns = self.figures.after(document, refs)
        touched = {position for ref in refs for position in self.index.by_cell.get(ref, ())}
        touched |= {position for column in columns for position in self.index.by_column.get(column, ())}
        results = list(self.results)
        for position in touched:
            results[position] = evaluate_one(self.checks[position], figures)
        return Planned(document, self.checks, tuple(results), figures=figures, index=self.index)


def _differing(one: Document, other: Document) -> list[CellRef]:
    """The cells whose texts differ between two documents of one shape."""
    for old, new in zip(one.tables, other.tables, strict=True):
        if (len(old.rows), old.width) != (len(new.rows), new.width):
            raise EditError(f"the equations are about the rows that {new.id} had")
    found = [
        CellRef(new.id, row, column)
        for old, new in zip(one.tables, other.tables, strict=True)
        if old is not new
        for row in range(len(new.rows))
        if old.rows[row] is not new.rows[row]
        for column in range(new.width)
        if old.rows[row][column].text != new.rows[row][column].text
    ]
    pairs = zip(one.stated, other.stated, strict=True)
    return found + [CellRef(new.id, 0, 0) for old, new in pairs if old.value != new.value]


def checks_of(equations: Sequence[Equation]) -> tuple[Check, ...]:
    """The equations as checks."""
    checks = []
    for number, equation in enumerate(equations):
        sum_of = len(equation.terms) > 2
        roles = ("total", "part") if sum_of else ("left", "right")
        terms = tuple(
            Term(ref, Decimal(coefficient), roles[position > 0])
            for position, (ref, coefficient) in enumerate(equation.terms)
        )
        title = Message(f"equation {number}", f"等式{number}")
        checks.append(Check(f"{equation.family.value}:{number:05d}", equation.family, Relation.EQUAL, terms, title))
    return tuple(checks)


def sample(seed: int, *, size: int = 1) -> Sample:
    """A document; `size` units of ten tables each."""
    rng = random.Random(seed)
    tables: list[Table] = []
    stated: list[StatedFigure] = []
    equations: list[Equation] = []
    for unit in range(size):
        maker = _Maker(rng, unit * 10, len(stated))
        maker.make()
        tables += [maker.printed(sheet) for sheet in maker.sheets]
        stated += maker.stated
        equations += maker.equations
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "none/1", ())
    document = Document(
        source, "青禾县农业农村局", 2024, ReportKind.BUDGET, "万元", tuple(tables), tuple(stated), title="部门预算"
    )
    return Sample(document, tuple(equations))


class _Maker:
    def __init__(self, rng: random.Random, offset: int, stated: int) -> None:
        self.rng = rng
        self.offset = offset
        self.first_stated = stated
        self.sheets: list[Sheet] = []
        self.stated: list[StatedFigure] = []
        self.equations: list[Equation] = []
        self.commas = rng.random() < 0.3
        self.zeros = rng.random() < 0.4

    def sheet(self, title: str, form: Form, header: Sequence[str], labels: int = 2) -> Sheet:
        sheet = Sheet(f"t{self.offset + len(self.sheets) + 1:02d}", title, form, (tuple(header),), labels)
        self.sheets.append(sheet)
        return sheet

    def printed(self, sheet: Sheet) -> Table:
        rows = []
        for labels, amounts in sheet.rows:
            rows.append(tuple(Cell(text) for text in (*labels, *(self.text(amount) for amount in amounts))))
        header = tuple(tuple(Cell(text) for text in row) for row in sheet.header)
        return Table(sheet.id, sheet.title, sheet.form, "万元", header, tuple(rows), (1,), unit_printed=True)

    def text(self, amount: int | None) -> str:
        if amount is None:
            return ""
        if amount == 0:
            return "0.00" if self.zeros else ""
        return f"{Decimal(amount).scaleb(-2):{',' if self.commas else ''}.2f}"

    def amount(self, low: int = 100, high: int = 400_000) -> int:
        """An amount as budgets have them: spread over magnitudes, some of them round."""
        exponent = self.rng.uniform(0, 1)
        value = int(low * (high / low) ** exponent)
        return max(value // 1000 * 1000, 1000) if self.rng.random() < 0.15 else value

    def rule(self, family: Family, *terms: tuple[CellRef, int]) -> None:
        if len(terms) > 1:
            self.equations.append(Equation(family, tuple(terms)))

    def row_sums(self, sheet: Sheet, total: int, parts: Sequence[int]) -> None:
        for row in range(len(sheet.rows)):
            if any(sheet.rows[row][1][part] is not None for part in parts):
                self.rule(Family.ROW_SUM, (sheet.ref(row, total), 1), *((sheet.ref(row, part), -1) for part in parts))

    def trees(self, sheet: Sheet, codes: dict[str, int], total_row: int | None, amounts: Sequence[int]) -> None:
        """Each code is the sum of the codes one level below; the grand total is the sum of the top level."""
        for code, row in codes.items():
            children = [
                child for other, child in codes.items() if other.startswith(code) and len(other) == len(code) + 2
            ]
            if children:
                for amount in amounts:
                    self.rule(
                        Family.CHILDREN_SUM,
                        (sheet.ref(row, amount), 1),
                        *((sheet.ref(child, amount), -1) for child in children),
                    )
        if total_row is not None:
            top = [row for code, row in codes.items() if len(code) == 3]
            for amount in amounts:
                self.rule(
                    Family.COLUMN_SUM,
                    (sheet.ref(total_row, amount), 1),
                    *((sheet.ref(row, amount), -1) for row in top),
                )

    def by_code(self, one: tuple[Sheet, dict[str, int], int], other: tuple[Sheet, dict[str, int], int]) -> None:
        for code, row in one[1].items():
            if code in other[1]:
                self.rule(
                    Family.CROSS_TABLE, (one[0].ref(row, one[2]), 1), (other[0].ref(other[1][code], other[2]), -1)
                )

    def make(self) -> None:
        rng = self.rng
        # (basic staff, basic office, project) by item code; fund items have projects only.
        items: dict[str, tuple[int, int, int]] = {}
        classes = sorted(rng.sample(sorted(_CLASSES), rng.randint(3, 4)))
        for code in classes:
            for group in sorted(rng.sample(range(1, 30), rng.randint(1, 3))):
                for item in sorted(rng.sample(range(1, 20), rng.randint(1, 3))):
                    basic = rng.random() < 0.6
                    staff = self.amount(2000) if basic else 0
                    office = self.amount(500, 90_000) if basic and rng.random() < 0.7 else 0
                    project = self.amount(1000) if not basic or rng.random() < 0.35 else 0
                    items[f"{code}{group:02d}{item:02d}"] = (staff, office, project)
        fund = {f"212{group:02d}{item:02d}": self.amount(5000) for group in (8,) for item in rng.sample(range(1, 9), 2)}
        names = {code: f"项目科目{code[3:]}" for code in (*items, *fund)}
        general = {code: sum(value) for code, value in items.items()}

        def tree(values: dict[str, Sequence[int]]) -> dict[str, list[int]]:
            found: dict[str, list[int]] = {}
            for code, amounts in sorted(values.items()):
                for length in (3, 5, 7):
                    known = found.setdefault(code[:length], [0] * len(amounts))
                    for index, amount in enumerate(amounts):
                        known[index] += amount
            return dict(sorted(found.items()))

        def name(code: str) -> str:
            return _CLASSES.get(code) or names.get(code) or ("城乡社区支出" if code == "212" else f"款级科目{code}")

        def fill(sheet: Sheet, values: dict[str, list[int]], total: bool = True) -> tuple[dict[str, int], int | None]:
            width = len(next(iter(values.values())))
            total_row = None
            if total:
                top = [amounts for code, amounts in values.items() if len(code) == 3]
                total_row = sheet.add(("", "合计"), [sum(row[i] for row in top) for i in range(width)])
            return {code: sheet.add((code, name(code)), amounts) for code, amounts in values.items()}, total_row

        carried = self.amount(500, 40_000) if rng.random() < 0.5 else 0
        general_total, fund_total = sum(general.values()), sum(fund.values())
        other = self.amount(1000, 60_000)
        other_code = rng.choice(sorted(items))
        spent = general_total + fund_total + other

        # t01: income and expenditure
        t01 = self.sheet(
            "部门收支总表", Form.INCOME_EXPENDITURE_SUMMARY, ("收入项目", "预算数", "支出项目", "预算数"), 0
        )
        class_totals = {code: sum(v for item, v in general.items() if item.startswith(code)) for code in classes}
        class_totals[other_code[:3]] += other
        left = [
            ("一、一般公共预算拨款收入", general_total - carried),
            ("二、政府性基金预算拨款收入", fund_total),
            ("三、国有资本经营预算拨款收入", 0),
            ("四、事业收入", 0),
            ("五、其他收入", other),
        ]
        right = [(f"{_CLASSES[code]}", class_totals[code]) for code in classes] + [("城乡社区支出", fund_total)]
        t01.labels = 0
        height = max(len(left), len(right))
        self._pairs(t01, left, right, height, carried, spent)

        # t02: income by code
        t02 = self.sheet(
            "部门收入总表",
            Form.INCOME_SUMMARY,
            ("科目编码", "科目名称", "合计", "上年结转", "一般公共预算", "政府性基金", "其他收入"),
        )
        carry_code = max(general, key=lambda code: general[code])
        income = {
            code: [
                general[code] + (other if code == other_code else 0),
                carried if code == carry_code else 0,
                general[code] - (carried if code == carry_code else 0),
                0,
                other if code == other_code else 0,
            ]
            for code in general
        }
        income.update({code: [value, 0, 0, value, 0] for code, value in fund.items()})
        codes02, total02 = fill(t02, tree(income))
        self.row_sums(t02, 0, (1, 2, 3, 4))
        self.trees(t02, codes02, total02, range(5))

        # t03: expenditure by code
        t03 = self.sheet(
            "部门支出总表",
            Form.EXPENDITURE_SUMMARY,
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "其他支出"),
        )
        outgo = {
            code: [
                general[code] + (other if code == other_code else 0),
                staff + office,
                project + (other if code == other_code else 0),
                0,
            ]
            for code, (staff, office, project) in items.items()
        }
        outgo.update({code: [value, 0, value, 0] for code, value in fund.items()})
        codes03, total03 = fill(t03, tree(outgo))
        self.row_sums(t03, 0, (1, 2, 3))
        self.trees(t03, codes03, total03, range(4))
        self.by_code((t02, codes02, 0), (t03, codes03, 0))

        # t04: fiscal grants, expenditure by class with columns
        t04 = self.sheet(
            "财政拨款收支总表",
            Form.FISCAL_GRANT_SUMMARY,
            ("支出功能分类", "合计", "一般公共预算", "政府性基金", "国有资本"),
            1,
        )
        grants = {code: sum(v for item, v in general.items() if item.startswith(code)) for code in classes}
        rows04 = {code: t04.add((_CLASSES[code],), (value, value, 0, 0)) for code, value in grants.items()}
        rows04["212"] = t04.add(("城乡社区支出",), (fund_total, 0, fund_total, 0))
        total04 = t04.add(("支出合计",), (general_total + fund_total, general_total, fund_total, 0))
        self.row_sums(t04, 0, (1, 2, 3))
        for amount in range(4):
            parts = [(t04.ref(row, amount), -1) for row in rows04.values()]
            self.rule(Family.COLUMN_SUM, (t04.ref(total04, amount), 1), *parts)

        # t05: general budget by code
        t05 = self.sheet(
            "一般公共预算支出表",
            Form.GENERAL_BUDGET_EXPENDITURE,
            ("科目编码", "科目名称", "合计", "人员经费", "公用经费", "项目支出"),
        )
        codes05, total05 = fill(t05, tree({c: [sum(v), *v] for c, v in items.items()}))
        self.row_sums(t05, 0, (1, 2, 3))
        self.trees(t05, codes05, total05, range(4))
        same = {code: row for code, row in codes05.items() if not other_code.startswith(code)}
        self.by_code((t05, same, 0), (t03, codes03, 0))
        self.by_code((t05, same, 3), (t03, codes03, 2))
        for code, row in rows04.items():
            if code in codes05:
                self.rule(Family.CROSS_TABLE, (t04.ref(row, 1), 1), (t05.ref(codes05[code], 0), -1))

        # t06: basic expenditure by economic code
        staff_total, office_total, project_total = (sum(v[i] for v in items.values()) for i in range(3))
        t06 = self.sheet(
            "一般公共预算基本支出表", Form.BASIC_EXPENDITURE, ("经济分类", "名称", "合计", "人员经费", "公用经费")
        )
        economic: dict[str, list[int]] = {}
        shares = self._split(staff_total, rng.randint(6, 8)), self._split(office_total, rng.randint(7, 11))
        staff_codes = [f"301{n:02d}" for n in range(1, len(shares[0]) - 1)] + ["30302", "30305"]
        for code, value in zip(staff_codes, shares[0], strict=False):
            economic[code] = [value, value, 0]
        for number, value in enumerate(shares[1]):
            economic[f"302{number + 1:02d}"] = [value, 0, value]
        grouped: dict[str, list[int]] = {}
        for code, amounts in sorted(economic.items()):
            for key in (code[:3], code):
                known = grouped.setdefault(key, [0, 0, 0])
                for index in range(3):
                    known[index] += amounts[index]
        grouped = dict(sorted(grouped.items()))
        top = [amounts for code, amounts in grouped.items() if len(code) == 3]
        total06 = t06.add(("", "合计"), [sum(row[i] for row in top) for i in range(3)])
        codes06 = {
            code: t06.add((code, _ECONOMIC[code][0] if code in _ECONOMIC else f"经济科目{code}"), amounts)
            for code, amounts in grouped.items()
        }
        self.row_sums(t06, 0, (1, 2))
        self.trees(t06, codes06, total06, range(3))
        if total05 is not None:
            self.rule(Family.CROSS_TABLE, (t06.ref(total06, 1), 1), (t05.ref(total05, 1), -1))
            self.rule(Family.CROSS_TABLE, (t06.ref(total06, 2), 1), (t05.ref(total05, 2), -1))

        # t07: three public expenses, this year and last year
        t07 = self.sheet("“三公”经费支出表", Form.THREE_PUBLIC, ("项目", "2024年预算数", "2023年预算数"), 1)
        trips = [self.amount(100, 3000) if rng.random() < 0.4 else 0 for _ in range(2)]
        buying = [self.amount(1000, 3000) if rng.random() < 0.4 else 0 for _ in range(2)]
        running = [self.amount(200, 4000) for _ in range(2)]
        guests = [self.amount(50, 900) for _ in range(2)]
        cars = [a + b for a, b in zip(buying, running, strict=True)]
        rows07 = [
            t07.add(("合计",), [sum(v) for v in zip(trips, cars, guests, strict=True)]),
            t07.add(("1、因公出国（境）费用",), trips),
            t07.add(("2、公务用车购置及运行费",), cars),
            t07.add(("其中：公务用车购置费",), buying),
            t07.add(("公务用车运行费",), running),
            t07.add(("3、公务接待费",), guests),
        ]
        for amount in range(2):
            at = [t07.ref(row, amount) for row in rows07]
            self.rule(Family.CHILDREN_SUM, (at[0], 1), (at[1], -1), (at[2], -1), (at[5], -1))
            self.rule(Family.CHILDREN_SUM, (at[2], 1), (at[3], -1), (at[4], -1))

        # t08: fund expenditure by code
        t08 = self.sheet(
            "政府性基金预算支出表", Form.GOVERNMENT_FUND, ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
        )
        codes08, total08 = fill(t08, tree({code: [value, 0, value] for code, value in fund.items()}))
        self.row_sums(t08, 0, (1, 2))
        self.trees(t08, codes08, total08, range(3))
        self.by_code((t08, codes08, 0), (t03, codes03, 0))

        # t09: projects
        t09 = self.sheet(
            "项目支出表", Form.PROJECT_EXPENDITURE, ("项目名称", "合计", "一般公共预算", "政府性基金", "其他资金"), 1
        )
        lines = [(value, 0, 0) for value in self._split(project_total, rng.randint(4, 7))]
        lines += [(0, value, 0) for value in self._split(fund_total, 2)] + [(0, 0, other)]
        total09 = t09.add(("合计",), (project_total + fund_total + other, project_total, fund_total, other))
        rows09 = [t09.add((f"专项工作经费{n}",), (sum(v), *v)) for n, v in enumerate(lines, 1)]
        self.row_sums(t09, 0, (1, 2, 3))
        for amount in range(4):
            parts = [(t09.ref(row, amount), -1) for row in rows09]
            self.rule(Family.COLUMN_SUM, (t09.ref(total09, amount), 1), *parts)
        if total03 is not None and total05 is not None:
            self.rule(Family.CROSS_TABLE, (t09.ref(total09, 0), 1), (t03.ref(total03, 2), -1))
            self.rule(Family.CROSS_TABLE, (t09.ref(total09, 1), 1), (t05.ref(total05, 3), -1))

        # t10: all expenditure by economic class
        t10 = self.sheet(
            "支出经济分类汇总表", Form.ECONOMIC_CLASSIFICATION, ("经济分类", "名称", "合计", "基本支出", "项目支出")
        )
        projects = self._split(project_total + fund_total + other, 4)
        spread = {"301": 0, "302": projects[0], "303": projects[1], "309": projects[2], "310": projects[3]}
        total10 = t10.add(("", "合计"), (spent, staff_total + office_total, project_total + fund_total + other))
        codes10 = {}
        for code, project in spread.items():
            basic = grouped.get(code, [0])[0]
            label = _ECONOMIC[code][0] if code in _ECONOMIC else f"资本性支出{code}"
            codes10[code] = t10.add((code, label), (basic + project, basic, project))
        self.row_sums(t10, 0, (1, 2))
        self.trees(t10, codes10, total10, range(3))
        same06 = {code: row for code, row in codes06.items() if code in codes10}
        self.by_code((t06, same06, 0), (t10, codes10, 1))

        totals = {"t02": (t02, total02, 0), "t03": (t03, total03, 0), "t05": (t05, total05, 0)}
        if total02 is not None and total03 is not None and total05 is not None:
            self.rule(Family.CROSS_TABLE, (t02.ref(total02, 0), 1), (t03.ref(total03, 0), -1))
            self.rule(Family.CROSS_TABLE, (t10.ref(total10, 0), 1), (t03.ref(total03, 0), -1))
            self.rule(Family.CROSS_TABLE, (t04.ref(total04, 1), 1), (t05.ref(total05, 0), -1))
            self.rule(Family.CROSS_TABLE, (self.spent01, 1), (t03.ref(total03, 0), -1))
            del totals
            self.state("支出预算", spent, t03.ref(total03, 0))
            self.state("基本支出", staff_total + office_total, t03.ref(total03, 1))
            self.state("项目支出", project_total + fund_total + other, t03.ref(total03, 2))
            self.state("一般公共预算支出", general_total, t05.ref(total05, 0))
            if total08 is not None:
                self.state("政府性基金预算支出", fund_total, t08.ref(total08, 0))
            self.state("“三公”经费", sum(v[0] for v in (trips, cars, guests)), t07.ref(0, 0))
            self.state("公务接待费", guests[0], t07.ref(5, 0))

    def _pairs(
        self,
        sheet: Sheet,
        left: list[tuple[str, int]],
        right: list[tuple[str, int]],
        height: int,
        carried: int,
        spent: int,
    ) -> None:
        """Two lists side by side: label, amount, label, amount. Amounts stand in columns 1 and 3."""
        rows: list[tuple[str, int | None, str, int | None]] = []
        for number in range(height):
            a = left[number] if number < len(left) else ("", None)
            b = right[number] if number < len(right) else ("", None)
            rows.append((a[0], a[1], b[0], b[1]))
        income = sum(value for _, value in left)
        rows.append(("本年收入合计", income, "本年支出合计", spent))
        rows.append(("上年结转", carried, "结转下年", 0))
        rows.append(("收入总计", spent, "支出总计", spent))
        for a, x, b, y in rows:
            sheet.rows.append(((a, self.text(x), b, self.text(y)), []))

        def at(row: int, column: int) -> CellRef:
            return CellRef(sheet.id, row, column)

        self.rule(Family.COLUMN_SUM, (at(height, 1), 1), *((at(n, 1), -1) for n in range(len(left))))
        self.rule(Family.COLUMN_SUM, (at(height, 3), 1), *((at(n, 3), -1) for n in range(len(right))))
        self.rule(Family.BALANCE, (at(height + 2, 1), 1), (at(height, 1), -1), (at(height + 1, 1), -1))
        self.rule(Family.BALANCE, (at(height + 2, 3), 1), (at(height, 3), -1), (at(height + 1, 3), -1))
        self.rule(Family.BALANCE, (at(height + 2, 1), 1), (at(height + 2, 3), -1))
        self.spent01 = at(height + 2, 3)

    def _split(self, total: int, count: int) -> list[int]:
        if total <= 0:
            return [0] * count
        cuts = sorted(self.rng.randint(0, total) for _ in range(count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]

    def state(self, label: str, amount: int, ref: CellRef) -> None:
        if not amount:
            return
        identifier = f"s{self.first_stated + len(self.stated) + 1:02d}"
        text = f"{Decimal(amount).scaleb(-2):.2f}"
        self.stated.append(StatedFigure(identifier, label, Cell(text), "万元", f"2024年{label}{text}万元", year=2024))
        self.rule(Family.NARRATIVE, (CellRef(identifier, 0, 0), 1), (ref, -1))
