"""Lines of the statements that running text names without code or path: a class, an item, a source of income, an
economic class, under a heading or a total that tells which statement it is about.

Source: 部门决算公开 and 部门预算公开, whose sections repeat the statements line by line. A line may stand in several
columns (合计, 基本支出, one fund): the text quotes one of them, so a figure fails only if it is in none. A name that
several rows bear is held against them only where one of them prints the figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.lines.class_lists import classes_listed
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import prints_the_same, quoted_as_printed
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.sections import fund_of
from workbench.checks.families.quoted.reading.sets_spoken_of import statements_of
from workbench.checks.families.quoted.reading.targets import FIGURES
from workbench.checks.families.statements.totals import current_columns
from workbench.checks.structure.label_words import numbering
from workbench.fiscal.vocabulary import class_code, label_key
from workbench.model.check import Check, Severity
from workbench.model.table import CellRef, Form, Table

_INCOME = "income"
_SPENT = "expenditure"
_FORMS = {
    ("", _INCOME): (Form.INCOME_EXPENDITURE_SUMMARY,),
    ("", _SPENT): (Form.INCOME_EXPENDITURE_SUMMARY, Form.EXPENDITURE_SUMMARY),
    ("fiscal", _INCOME): (Form.FISCAL_GRANT_SUMMARY,),
    ("fiscal", _SPENT): (Form.FISCAL_GRANT_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE, Form.GOVERNMENT_FUND),
    ("general", _SPENT): (Form.GENERAL_BUDGET_EXPENDITURE, Form.FISCAL_GRANT_SUMMARY),
    ("general", "basic"): (Form.BASIC_EXPENDITURE,),
    ("fund", _SPENT): (Form.GOVERNMENT_FUND,),
    ("capital", _SPENT): (Form.STATE_CAPITAL,),
}
LINE_FORMS = tuple(dict.fromkeys(form for forms in _FORMS.values() for form in forms))
"""The forms whose lines a text may name."""
_SIDES = {
    "income": _INCOME,
    "year_income": _INCOME,
    "fiscal_income": _INCOME,
    "general_income": _INCOME,
    "expenditure": _SPENT,
    "year_expenditure": _SPENT,
    "fiscal_expenditure": _SPENT,
    "general_expenditure": _SPENT,
    "fund_expenditure": _SPENT,
    "state_capital_expenditure": _SPENT,
    "general_basic": "basic",
}
_NAMED_LIKE_LINES = frozenset(
    {"", "general_income", "fund_income", "state_capital_income", "wages", "supplies", "subsidies", "capital_items"}
    | {"meeting", "training"}
)
"""The concepts whose figures are lines of a statement, called as the statements call them."""
_SHORTEST = 4
_OF_WHICH = re.compile(r"^[(（]?其中[)）]?[:：]?")
_LEVEL = re.compile(
    r"[(（](?:\d{2,7})?(?:类|款|项)级?[)）](?:科目)?|(?<=支出)类?科目$|(?<=支出)类$|类(?=支出$)|(?<=[一-龥]{4})科目$"
)
_GRANT = re.compile(r"(?<=预算)(?:当年)?(?:财政)?拨款(?=收入$)|(?<=预算)(?:当年)?(?:财政)?拨款$")
_CODE_BEHIND = re.compile(r"[(（](?P<code>\d{3,7})(?:类|款|项)?[)）]$")
_CODE_BEFORE = re.compile(r"^(?P<code>\d{3,7})[-—－]?")
_PATH = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one statement: the cells of this year in each row, by the row's name and by its code."""

    by_name: Mapping[str, tuple[tuple[CellRef, ...], ...]]
    by_code: Mapping[str, tuple[tuple[CellRef, ...], ...]]


def named_lines(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each amount that names a line of the statements its place is about, against that line."""
    listed = classes_listed(context, quotes)
    for quote in quotes.amounts:
        if quote.figure.id in listed or not _may_name_line(quotes, quote):
            continue
        forms = _forms(quotes, quote)
        found = list(lines_named(context, quotes, quote, forms)) if forms else []
        same = next((place for place in found if _printing(context, quote, *place)), None)
        if same is None and len(found) != len({table.id for table, _ in found}):
            continue
        chosen = same or next(iter(found), None)
        if chosen is not None:
            table, cells = chosen
            ref = _printing(context, quote, table, cells) or cells[0]
            yield from quoted_as_printed(context, quote, table, ref, key=("line",), severity=_severity(quote, forms))


def _severity(quote: Quote, forms: tuple[Form, ...]) -> Severity:
    """An error where a class or a code is named and one statement only can be meant."""
    sure = bool(_code_and_name(quote.named.key)[0]) or class_code(label_key(quote.named.key)) is not None
    of_one = forms == _FORMS["general", _SPENT] or len(forms) == 1
    return Severity.ERROR if sure and of_one else Severity.WARNING


def _may_name_line(quotes: Quotes, quote: Quote) -> bool:
    path = quote.named.key.count("/")
    if (
        quote.concept not in _NAMED_LIKE_LINES
        or path >= _PATH
        or not quotes.of_this_year(quote)
        or quotes.compared(quote)
    ):
        return False
    return quotes.measure(quote) != "plan" and len(quote.named.key) >= _SHORTEST


def _forms(quotes: Quotes, quote: Quote) -> tuple[Form, ...]:
    """The statements that the whole of a figure, else its section, is about."""
    whole = quotes.whole_concept(quote)
    side = _SIDES.get(whole, "")
    fund = fund_of(whole) or (quotes.section(quote).fund if whole else "")
    if side == "basic":
        fund = "general"
    return _FORMS.get((fund, side), ())


def lines_named(
    context: Context, quotes: Quotes, quote: Quote, forms: tuple[Form, ...]
) -> Iterator[tuple[Table, tuple[CellRef, ...]]]:
    """The rows that bear the name or the code of a figure, statement by statement."""
    code, name = _code_and_name(quote.named.key)
    for table in statements_of(context, quotes, quote, *forms):
        lines = context.once(("lines by name", table.id), (table,), partial(lines_of, context, table))
        for cells in lines.by_code.get(code, ()) or lines.by_name.get(name, ()):
            yield table, cells


def _code_and_name(key: str) -> tuple[str, str]:
    """The code that a name bears in brackets or before it (行政运行（2010301）), and the name of the row."""
    match = _CODE_BEHIND.search(key) or _CODE_BEFORE.search(key)
    code = match["code"] if match else ""
    rest = key.replace(match.group(), "") if match else key
    return code, plain_name(rest.rpartition("/")[2])


def plain_name(key: str) -> str:
    """A name for comparing: without numbering, 其中, the mark of its level and 支出 behind."""
    key = _OF_WHICH.sub("", numbering(_OF_WHICH.sub("", key))[2])
    key = _GRANT.sub("", _LEVEL.sub("", key))
    return key.removesuffix("支出") or key


def lines_of(context: Context, table: Table) -> Lines:
    """The lines of a statement that print a figure of this year, totals and what is counted left out."""
    structure = context.structure(table)
    by_name: dict[str, list[tuple[CellRef, ...]]] = defaultdict(list)
    by_code: dict[str, list[tuple[CellRef, ...]]] = defaultdict(list)
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        columns = current_columns(context, table, panel)
        for label in labels:
            cells = tuple(
                CellRef(table.id, label.row, column.index)
                for column in columns
                if printed_figure(table, label.row, column.index).kind in FIGURES
            )
            if cells and label.key and not label.total and not label.measure:
                by_name[plain_name(label_key(label.key))].append(cells)
                if label.code:
                    by_code[label.code].append(cells)
    return Lines(
        {name: tuple(rows) for name, rows in by_name.items()}, {code: tuple(rows) for code, rows in by_code.items()}
    )


def _printing(context: Context, quote: Quote, table: Table, cells: tuple[CellRef, ...]) -> CellRef | None:
    return next((ref for ref in cells if prints_the_same(context, quote, table, ref)), None)
