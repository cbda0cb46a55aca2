"""What the running text counts (journeys abroad, cars, receptions)
against the lines of the statements that count it too.

Source: 相关统计数 of 财政拨款“三公”经费支出决算表 and of 机构运行信息表, the list of vehicles in 国有资产占用情况.
Counts are exact: nothing is allowed for rounding. Only where both sides are clear:
one line of a table says so and prints one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.statements.sets import statement_sets
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, StatedKind, Table

COUNT_FORMS = (Form.THREE_PUBLIC, Form.ASSETS, Form.BASIC_EXPENDITURE, Form.OTHER)
"""The forms that may list counts beside amounts."""

_LINES = {
    "journeys": re.compile(r"(?:因公)?出国\(境\)(?:团组数?|批次数?)"),
    "travellers": re.compile(r"(?:因公)?出国\(境\)(?:人次数?|人数)"),
    "cars bought": re.compile(r"公务用车购置数量?"),
    "cars kept": re.compile(r"公务用车(?:期末|年末)?保有量?"),
    "receptions": re.compile(r"国内公务接待批次数?"),
    "guests": re.compile(r"国内公务接待人次数?"),
    "vehicles": re.compile(r"车辆(?:数|数量|总数)?(?:合计)?"),
}
"""How the lines of the statements are called."""
_SAID = {
    "journeys": (re.compile(r".*出国(?:\(境\))?.*团组数?"), ("个", "次", "批", "批次")),
    "travellers": (re.compile(r".*出国(?:\(境\))?(?!.*团组).*"), ("人次", "人")),
    "cars bought": (
        re.compile(r".*(?:购置(?:更新)?|购买)(?:公务用车|公车)(?:数量?)?|公务用车(?:更新)?购置数量?"),
        ("辆", "台"),
    ),
    "cars kept": (re.compile(r".*公务用车(?:期末|年末)?保有量?"), ("辆", "台")),
    "receptions": (re.compile(r".*接待(?:的)?(?:批次数?)?"), ("批次", "批", "个", "次")),
    "guests": (re.compile(r".*接待(?:的)?(?:人次数?|人数)?"), ("人次", "人")),
    "vehicles": (re.compile(r"(?:本?部门|本?单位)?(?:共有|实有|现有|拥有)?车辆(?:总数|数|合计)?"), ("辆", "台")),
}
"""How the text says it, and in what it counts."""
_FOREIGN = re.compile(r"外事|外宾|境外|国\(境\)外|其他单位组织的")
_AT_HOME = "国内"
_GOES_ON = frozenset({"累计", "共计", "人数", "人次"})
"""What the second number of a pair is called (团组2个，累计5人次)."""
_UNIT = re.compile(r"[(][^()]{1,5}[)]$")
_SHORTEST_NAME = 4


def counts(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each count of the text against the lines of the statements that count the same."""
    tables = context.of_form(*COUNT_FORMS)
    lines = [(table, lines_of(context, table)) for table in tables]
    if not any(found for _, found in lines) or len(statement_sets(context)) > 1:
        return
    for quote in quotes.all:
        name = _counted(quotes, quote)
        if not name or not quotes.of_this_year(quote):
            continue
        for table, found in lines:
            if name in found:
                yield _same(context, quote, table, found[name])


def _counted(quotes: Quotes, quote: Quote) -> str:
    """What a figure of the text counts, "" where that is not clear: one of the known names, or a name of its own."""
    if quote.kind is not StatedKind.COUNT:
        return ""
    key = label_key(quote.figure.label)
    if _FOREIGN.search(key):
        return ""
    if key in _GOES_ON and quote.figure.unit in _SAID["travellers"][1] and quote.position:
        before = quotes.all[quote.position - 1]
        journeys = _counted(quotes, before) == "journeys" and quotes.between(before, quote) is not None
        return "travellers" if journeys else ""
    for name, (pattern, units) in _SAID.items():
        if quote.figure.unit in units and pattern.fullmatch(key):
            at_home = name not in ("receptions", "guests") or _AT_HOME in key or _AT_HOME in quotes.before(quote)
            return name if at_home else ""
    return key if len(key) >= _SHORTEST_NAME else ""


def lines_of(context: Context, table: Table) -> Mapping[str, CellRef]:
    """The lines of a statement that count something, by what they count; of a name that comes twice none."""
    return context.once(("lines that count", table.id), (table,), lambda: _lines_of(context, table))


def _lines_of(context: Context, table: Table) -> Mapping[str, CellRef]:
    structure = context.structure(table)
    found: dict[str, CellRef] = {}
    twice: set[str] = set()
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        for label in _counting(labels):
            cell = _number(table, panel, label.row)
            key = _UNIT.sub("", label.key)
            name = next((name for name, pattern in _LINES.items() if pattern.fullmatch(key)), key)
            if cell is not None:
                twice.update({name} & found.keys())
                found[name] = cell
    return {name: cell for name, cell in found.items() if name not in twice}


def _counting(labels: tuple[RowLabel, ...]) -> Iterator[RowLabel]:
    """The rows that hold counts: those that say so, and the kinds of vehicles under their number."""
    vehicles = False
    for label in labels:
        if label.measure in ("", "-"):
            vehicles = vehicles and not label.measure and label.rank > 0
            if vehicles:
                yield label
            continue
        vehicles = _LINES["vehicles"].fullmatch(_UNIT.sub("", label.key)) is not None
        yield label


def _number(table: Table, panel: Panel, row: int) -> CellRef | None:
    """The one cell of a row that prints a whole number: in the column of numbers where values stand beside, of a budget
    and a final figure the final one."""
    columns = [column for column in panel.others if column.kind is ColumnKind.QUANTITY] or list(panel.amounts)
    printed = [(column, printed_figure(table, row, column.index)) for column in columns]
    numbers = [
        column
        for column, figure in printed
        if figure.kind is FigureKind.NUMBER and figure.value is not None and figure.value == int(figure.value)
    ]
    if len(numbers) > 1:
        numbers = [column for column in numbers if vocabulary().columns["final_measure"].fit(column.leaf)]
    return CellRef(table.id, row, numbers[0].index) if len(numbers) == 1 else None


def _same(context: Context, quote: Quote, table: Table, ref: CellRef) -> Check:
    where = f"{table.title} {context.label(ref)}".strip()
    return context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "value"), Term(ref, Decimal(-1), "value")],
        Message(
            f"The text counts “{quote.title}” as the statement does ({where}).",
            f"正文“{quote.title}”的数量与报表（{where}）一致。",
        ),
        severity=Severity.WARNING,
    )
