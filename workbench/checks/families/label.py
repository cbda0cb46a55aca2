"""Words that cannot be right: figures left out of the text, years with too many digits, headings of another year,
placeholders of a template. No arithmetic; each is a remark on what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.line_numbers import line_numbers
from workbench.checks.families.quoted.reading.amounts import Quotes, from_text
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Check, Family, Outcome, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, ReportKind, Table

_YEAR_LABEL = re.compile(r".*(?:时间|日期)?[(]年(?:度|份)?[)]|.*年度|.*年份")
_DIGITS = re.compile(r"\d+")
_HEAD_YEAR = re.compile(r"(20\d\d)")
_CURRENT = re.compile(r"(?:当年|本年).*|20\d\d年?(?:度)?(?:当年|本年|年初)?预算(?:数|安排)?")
_OUTLOOK = re.compile(r".*(?:规划|预测|计划|展望).*")
_PLACEHOLDER = re.compile(r"[XxＸ×＊*]{2,6}(?=(?:局|委|办|厅|部门|单位|年|县|市|区|中心|学校|街道|镇|乡|院|所|处))")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|附件\d*[:：]?)?[^，。；：《》]{0,40}?(?P<year>20\d\d)年?度?"
    r"[^，。；：《》]{0,16}?(?:预算|决算)[^，。；：《》]{0,14}(?:说明|公开|表|情况|报告)?$"
)
_WORTH_A_LOOK = re.compile(r"[XxＸ×＊*]{2}|2\s?0\s?\d\s?\d")
_BARE_MEASURE = re.compile(r"20\d\d年度?(?:年初)?(?:预算|决算|执行)?数?")
_COLUMN_HEADS = re.compile(r"(?:预算|决算|执行)数|科目(?:编码|名称|代码)|单位(?:编码|代码)|增减(?:变化|额|率)")
"""Words of column heads, which no heading bears."""
_OTHER_YEAR = re.compile(r"[比较与]20\d\d年|执行|完成|上年|上一年|比较|较|对比|批复|汇总表|规划|中期|调整")
_AS_OF = re.compile(r"截至(?:到)?(?P<year>20\d\d)年12月31日(?=.{0,60}?(?:车辆|资产|设备|房屋))")
_UNSIGNED_SHARE = re.compile(
    r"(?<=元，)(?P<share>占(?:[^，,。；;\d]{0,14}的)?\d{1,2}\.\d{1,2})(?=[；;，。][^。\n]{2,80}?元，占(?:[^，,。；;\d]{0,14}的)?\d{1,3}\.\d{1,2}%)"
    r"|(?<=%[；;])(?P<name>[^，,。；;%]{2,40}元，)(?P<last>占(?:[^，,。；;\d]{0,14}的)?\d{1,2}\.\d{1,2})(?=[；;，。])"
)
"""占76.23 between siblings with %: before one, or behind one."""
_LONGEST_HEADING = 48
_NO_FIGURE = (FigureKind.BLANK, FigureKind.TEXT)


def build(context: Context) -> Iterator[Check]:
    """Everything that a reader would mark in the words."""
    yield from from_text(context, "figures left out", _left_out)
    yield from context.by_table("years", context.document.tables, _malformed_years)
    yield from context.by_table("numbers of lines", context.document.tables, line_numbers)
    yield from _outlooks(context)
    yield from context.checks_once("headings", (), lambda: _headings(context))
    yield from context.checks_once("shares without a sign", (), lambda: _unsigned_shares(context))


def _left_out(context: Context, quotes: Quotes) -> Iterator[Check]:
    """A unit of money with no figure before it, or with a placeholder."""
    for quote in quotes.all:
        if read_figure(quote.figure.cell.printed).kind not in _NO_FIGURE or not quote.figure.unit.endswith("元"):
            continue
        context.guards.add(quote.ref)
        if quote.figure.cell.figure.kind in _NO_FIGURE:
            yield context.fact(
                Family.LABEL,
                [quote.ref],
                Message(
                    f"The text names “{quote.title}” in {quote.figure.unit} without a figure.",
                    f"正文“{quote.title}”只有单位“{quote.figure.unit}”，缺少数字。",
                ),
            )


def _malformed_years(context: Context, table: Table) -> Iterator[Check]:
    """A year of other than four digits (six for a month, eight for a day) beside a label that asks for a year."""
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells[:-1]):
            if "年" not in cell.text or not _YEAR_LABEL.fullmatch(label_key(cell.text)):
                continue
            ref = CellRef(table.id, row, column + 1)
            context.guards.add(ref)
            value = label_key(cells[column + 1].text)
            if not _DIGITS.fullmatch(value) or len(value) in (4, 6, 8) or not value.startswith(("19", "20")):
                continue
            yield context.fact(
                Family.LABEL,
                [ref],
                Message(f"“{value}” is no year ({cell.text}).", f"“{cell.text}”填写的“{value}”不是年份。"),
                severity=Severity.ERROR,
            )


@dataclass(frozen=True, slots=True)
class _Outlook:
    """The columns of a table that look ahead (支出规划): the year of the budget, the years that they are headed, the
    cell that stands for each, and how these cells are called."""

    table: str
    form: str
    title: str
    part_of: str
    budget: int
    years: tuple[int, ...]
    cells: tuple[CellRef, ...]
    labels: tuple[str, ...]

    @property
    def right(self) -> tuple[int, ...]:
        """The years that follow the budget's, each once."""
        return tuple(range(self.budget + 1, self.budget + 1 + len(self.years)))

    @property
    def wrong(self) -> tuple[CellRef, ...]:
        """The cells under the heads of wrong years."""
        each = zip(self.cells, self.years, self.right, strict=True)
        return tuple(cell for cell, year, right in each if year != right)


def _outlooks(context: Context) -> Iterator[Check]:
    """Columns of an outlook (支出规划) begin with the year after the budget's, and each year comes once. Tables that
    are wrong in the same way are told of together."""
    tables = context.document.tables
    read = [
        context.once(("outlook", table.id), (table,), partial(_outlook, context, table), stable=True)
        for table in tables
    ]
    found = tuple(outlook for outlook in read if outlook is not None)
    yield from context.checks_once("outlooks", found, lambda: _years_of_outlooks(context, found))


def _outlook(context: Context, table: Table) -> _Outlook | None:
    budget: int | None = None
    years: list[int] = []
    cells: list[CellRef] = []
    for column in context.structure(table).columns:
        words = "".join(column.path)
        year = _HEAD_YEAR.search(words)
        if year is None:
            continue
        if _OUTLOOK.fullmatch(words):
            years.append(int(year[1]))
            cells.append(CellRef(table.id, 0, column.index))
        elif budget is None and any(_CURRENT.search(part) for part in column.path):
            budget = int(year[1])
    if budget is None or not years or not table.rows:
        return None
    labels = tuple(context.label(cell) for cell in cells)
    return _Outlook(table.id, table.form, table.title, table.part_of, budget, tuple(years), tuple(cells), labels)


def _years_of_outlooks(context: Context, outlooks: Sequence[_Outlook]) -> Iterator[Check]:
    wrong: dict[tuple[int, tuple[int, ...]], list[_Outlook]] = {}
    for outlook in outlooks:
        if outlook.wrong:
            wrong.setdefault((outlook.budget, outlook.years), []).append(outlook)
            continue
        title = Message(
            f"The outlook follows the budget of {outlook.budget}.", f"规划列年份与{outlook.budget}年预算相接。"
        )
        yield _fact_of_outlooks(context, outlook.cells[:1], (outlook.part_of,), title, Outcome.PASS)
    for (budget, years), alike in wrong.items():
        right = alike[0].right
        title = Message(
            f"The outlook beside the budget of {budget} is headed {_years(years)}, not {_years(right)}.",
            f"{budget}年预算之后的规划列年份为{_years(years)}，应为{_years(right)}。",
        )
        cells = [cell for outlook in alike for cell in outlook.wrong]
        yield _fact_of_outlooks(context, cells, [outlook.part_of for outlook in alike], title, Outcome.FAIL)


def _fact_of_outlooks(
    context: Context, cells: Sequence[CellRef], key: Sequence[str], title: Message, fact: Outcome
) -> Check:
    terms = [Term(cell, Decimal(1), "label") for cell in cells]
    return context.fact(
        Family.LABEL,
        terms,
        title,
        outcome=fact,
        key=key,
    )


def _years(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)


def _headings(context: Context) -> Iterator[Check]:
    """Placeholders and other years in the headings, and the day of the stock-taking."""
    year = context.document.fiscal_year
    kind = "决算" if context.document.report is ReportKind.FINAL_ACCOUNT else "预算"
    headings: list[tuple[int, str, int]] = []
    for page in context.document.source.pages:
        for line in page.text.split("\n"):
            if not 5 <= len(line) <= 4 * _LONGEST_HEADING or not _WORTH_A_LOOK.search(line):
                continue
            key = "".join(line.replace("|", " ").split())
            if len(key) > _LONGEST_HEADING or "\t" in line:
                continue
            placeholder = _PLACEHOLDER.search(key)
            if placeholder:
                yield _remark(
                    context,
                    key,
                    Message(
                        f"A placeholder was left in “{key}” (page {page.number}).",
                        f"“{key}”中残留模板占位符（第{page.number}页）。",
                    ),
                )
            heading = _HEADING.match(key)
            # A line with two years heads columns to be compared.
            if heading is None or len(set(_HEAD_YEAR.findall(key))) != 1 or _heads_columns(key):
                continue
            if kind in key and not _OTHER_YEAR.search(key):
                headings.append((page.number, key, int(heading["year"])))
    if year is None or context.document.disclosures:
        return
    own = sum(found == year for _, _, found in headings)
    for number, key, found in headings:
        if found == year - 1 and own >= 3:
            yield _remark(
                context,
                key,
                Message(
                    f"The heading “{key}” (page {number}) is of {found}, the document of {year}.",
                    f"标题“{key}”（第{number}页）的年份为{found}，本文件为{year}年。",
                ),
            )
    yield from _stock_taking(context, year)


def _heads_columns(key: str) -> bool:
    """Whether a line heads columns: it says so, or says nothing but a year and a measure (2030年预算, its 数 on the
    next line)."""
    return _COLUMN_HEADS.search(key) is not None or _BARE_MEASURE.fullmatch(key) is not None


def _stock_taking(context: Context, year: int) -> Iterator[Check]:
    """A final account tells its assets as of the end of its own year."""
    if context.document.report is not ReportKind.FINAL_ACCOUNT:
        return
    for page in context.document.source.pages:
        if "截至" not in page.text:
            continue
        for match in _AS_OF.finditer("".join(page.text.split())):
            if int(match["year"]) == year - 1:
                yield _remark(
                    context,
                    match.group(),
                    Message(
                        f"Assets are told as of the end of {match['year']} (page {page.number}), the account is of {year}.",
                        f"资产情况截至{match['year']}年12月31日（第{page.number}页），而决算年度为{year}年。",
                    ),
                )


def _unsigned_shares(context: Context) -> Iterator[Check]:
    """A share without its %, in a list of shares that have one."""
    for page in context.document.source.pages:
        if "占" not in page.text:
            continue
        for match in _UNSIGNED_SHARE.finditer("".join(page.text.split())):
            share = match["share"] or match["last"]
            yield _remark(
                context,
                share,
                Message(
                    f"The share “{share}” (page {page.number}) lacks its per cent sign.",
                    f"“{share}”（第{page.number}页）缺少百分号。",
                ),
            )


def _remark(context: Context, key: str, title: Message) -> Check:
    return context.fact(
        Family.LABEL,
        (),
        title,
        key=(key,),
    )
