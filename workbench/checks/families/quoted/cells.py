"""Which cells of the statements a figure of the running text quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.amounts import Quote, Quotes
from workbench.checks.families.statements import StatementSet, statement_sets
from workbench.checks.families.totals import spending_columns
from workbench.checks.structure.rows import numbering
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.concepts import Target, concepts
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_OF_WHICH = re.compile(r"^[(（]?其中[)）]?[:：]?")
_FIGURES = (FigureKind.NUMBER, FigureKind.DASH)


def cells_quoted(context: Context, quotes: Quotes, quote: Quote) -> list[tuple[Table, CellRef]]:
    """The cells that must show the same amount as `quote`; of a concept that two lines could mean (收入合计 with and
    without carry-overs) the line that agrees, else the first."""
    found: list[tuple[Table, CellRef]] = []
    if not quote.concept:
        return found
    measure = quotes.measure(quote)
    if measure == "plan" and quote.concept not in _THREE_PUBLIC:
        return found
    above = [root.concept for root in quotes.roots(quote)]
    for target in concepts().targets:
        if quote.concept not in target.concepts or not _is_under(target, above):
            continue
        for table in statements_of(context, quotes, quote, Form(target.form)):
            candidates = list(_candidates(context, table, target, measure))
            if candidates:
                found.append((table, _agreeing(context, quote, table, candidates)))
                break
    return found


def statements_of(context: Context, quotes: Quotes, quote: Quote, *forms: Form) -> tuple[Table, ...]:
    """The tables of these forms that a figure may quote: of several sets of statements (a department's, and those of its
    units) the one that the text speaks of at this place."""
    sets = statement_sets(context)
    tables = context.of_form(*forms)
    if len(sets) == 1:
        return tables
    numbers = context.kept.get(_SPOKEN_OF)
    if not isinstance(numbers, dict):
        numbers = context.kept[_SPOKEN_OF] = _sets_spoken_of(context, quotes)
    chosen = sets[numbers.get(quote.figure.id, 0)]
    own = {statement.table.id for statement in chosen.all(*forms)}
    return tuple(table for table in tables if table.id in own)


_SPOKEN_OF = "sets that the text speaks of"
_TOTALS = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure", "general_expenditure"}
)


def _sets_spoken_of(context: Context, quotes: Quotes) -> dict[str, int]:
    """The number of the set of statements for each figure: the text goes on to another set where a total that it names
    is printed there and not in the set before."""
    sets = statement_sets(context)
    current = 0
    found: dict[str, int] = {}
    for quote in quotes.all:
        if quote.concept in _TOTALS and quotes.of_this_year(quote) and quotes.measure(quote) != "plan":
            agreeing = [number for number, one in enumerate(sets) if _prints_total(context, quotes, quote, one)]
            if agreeing and current not in agreeing:
                current = agreeing[0]
        found[quote.figure.id] = current
    return found


def _prints_total(context: Context, quotes: Quotes, quote: Quote, statements: StatementSet) -> bool:
    stated = read_figure(quote.figure.cell.printed)
    if not stated.value:
        return False
    for target in concepts().targets:
        if quote.concept not in target.concepts:
            continue
        for statement in statements.all(Form(target.form)):
            table = statement.table
            ratio = context.in_unit_of(table, quote.figure.unit)
            for ref in _candidates(context, table, target, quotes.measure(quote)):
                value = read_figure(table.cell(ref.row, ref.column).printed).value
                if ratio and value is not None and abs(value * ratio - stated.value) <= 2 * stated.half_unit:
                    return True
    return False


_THREE_PUBLIC = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"})


def _is_under(target: Target, above: list[str]) -> bool:
    if not target.under:
        return True
    if not above:
        return "" in target.under
    return next((concept for concept in above if concept), "") in target.under


def _agreeing(context: Context, quote: Quote, table: Table, candidates: list[CellRef]) -> CellRef:
    """The candidate that the source prints the same amount in; printed, so that no correction moves the check."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated = read_figure(quote.figure.cell.printed)
    if len(candidates) > 1 and ratio is not None and stated.value is not None:
        for ref in candidates:
            value = read_figure(table.cell(ref.row, ref.column).printed).value
            if value is not None and abs(value * ratio - stated.value) <= 2 * stated.half_unit:
                return ref
    return candidates[0]


def _candidates(context: Context, table: Table, target: Target, measure: str) -> Iterator[CellRef]:
    """The cells of a table that fit a target, best first."""
    structure = context.structure(table)
    if not target.rows:
        yield from _by_column(structure, target, measure)
        return
    seen: set[CellRef] = set()
    labels = _labels(table)
    for pattern in target.rows:
        for (row, column), key in labels.items():
            if not pattern.fullmatch(key) or _counts(structure, row, column):
                continue
            ref = _amount_beside(structure, target, measure, row, column)
            if ref is not None and ref not in seen:
                seen.add(ref)
                yield ref
    if not seen and target.column is not None and target.form == Form.THREE_PUBLIC:
        yield from _by_column(structure, target, measure)


def _labels(table: Table) -> dict[tuple[int, int], str]:
    """The label cells of the body, their numbering taken off."""
    return {
        (row, column): _plain(label_key(cell.text))
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if cell.text and cell.figure.kind is FigureKind.TEXT
    }


def _plain(key: str) -> str:
    """A label without its numbering and 其中, in either order."""
    _, _, rest = numbering(_OF_WHICH.sub("", key))
    return _OF_WHICH.sub("", rest)


def _amount_beside(structure: TableStructure, target: Target, measure: str, row: int, column: int) -> CellRef | None:
    """The amount that belongs to a label: of the figures of its own side the one whose head fits."""
    table = structure.table
    number = structure.panel_of(column)
    if number is None:
        return None
    side = _side(table, column)
    if target.side and side and target.side not in side and target.side not in label_key(table.rows[row][column].text):
        return None
    beside = [
        at
        for at in _amounts(structure, number)
        if at > column and table.rows[row][at].figure.kind is not FigureKind.TEXT
    ]
    if target.column is not None and target.side == "":
        fitting = [at for at in beside if _fits(table, at, target)]
        if fitting:
            return CellRef(table.id, row, _measured(table, fitting, measure))
        if target.form != Form.THREE_PUBLIC:
            return None
    return CellRef(table.id, row, _measured(table, beside, measure)) if beside else None


def _counts(structure: TableStructure, row: int, column: int) -> bool:
    """Whether a row counts journeys or cars and holds no amount."""
    number = structure.panel_of(column)
    return number is not None and bool(structure.rows[number][row].measure)


def _amounts(structure: TableStructure, number: int) -> list[int]:
    """The columns of amounts of one side; of a fund that tells its balances apart those of what was spent."""
    return [column.index for column in spending_columns(structure.panels[number].amounts)]


def _fits(table: Table, column: int, target: Target) -> bool:
    path = [label_key(part) for part in table.column_path(column)]
    if target.column is None or not path:
        return False
    if target.under_column is not None and len(path) > 1:
        inner = [part for part in path if target.column.fullmatch(part)]
        if inner and path[-1] != inner[-1] and not _MEASURES.fullmatch(path[-1]):
            return target.under_column.fullmatch(path[-1]) is not None or any(
                target.under_column.fullmatch(part) for part in path[path.index(inner[-1]) + 1 :]
            )
        return bool(inner)
    tail = [part for part in path if not _MEASURES.fullmatch(part)][-1:]
    return bool(tail) and target.column.fullmatch(tail[0]) is not None


_YEARS = re.compile(r"20\d\d(?=年)")
_MEASURES = re.compile(
    r"(?:20\d\d年度?)?(?:年初|全年|调整|支出|本年)?(?:预算|决算)?数?|栏次|\d+|\*+|[一-龥]?类|款|项|金额"
)


def _measured(table: Table, columns: list[int], measure: str) -> int:
    """Of the columns that fit the one of the measure (预算数, 决算数); else the first."""
    words = "决算" if measure == "final" else "预算"
    known = vocabulary().columns["measure"]
    columns = _of_this_year(table, columns)
    for column in columns:
        keys = map(label_key, table.column_path(column))
        if any(words in key and known.fit(key) for key in keys):
            return column
    return columns[0]


def _of_this_year(table: Table, columns: list[int]) -> list[int]:
    """The columns without those that stand for an earlier year (上年预算数; 2023年 beside 2024年); all, if none is left."""
    heads = {column: [label_key(part) for part in table.column_path(column)] for column in columns}
    years = {column: max(map(int, _YEARS.findall("".join(head))), default=None) for column, head in heads.items()}
    latest = max((year for year in years.values() if year is not None), default=None)
    other = vocabulary().columns["other_year"]
    kept = [
        column
        for column in columns
        if years[column] in (None, latest) and not any(other.fit(part) for part in heads[column])
    ]
    return kept or columns


def _by_column(structure: TableStructure, target: Target, measure: str) -> Iterator[CellRef]:
    """The one figure under a head, where the statement prints a single row of figures (or a total row)."""
    table = structure.table
    amounts = (column for panel in structure.panels for column in _amounts(structure, panel.number))
    columns = [column for column in amounts if _fits(table, column, target)]
    if not columns:
        return
    column = _measured(table, columns, measure)
    filled = [row for row in range(len(table.rows)) if printed_figure(table, row, column).kind in _FIGURES]
    totals = [row for row in filled if _is_total(table, row)]
    if totals or len(filled) == 1:
        yield CellRef(table.id, (totals or filled)[0], column)


def _is_total(table: Table, row: int) -> bool:
    return any(re.fullmatch(r"合计|总计", label_key(cell.text)) for cell in table.rows[row][:4])


def _side(table: Table, column: int) -> str:
    path = table.column_path(column)
    first = label_key(path[0]) if path else ""
    return first if first.startswith(("收入", "支出")) else ""


def empty_statement(context: Context, quotes: Quotes, quote: Quote) -> Table | None:
    """The statement that `quote` belongs to, where it stands in the document without a single figure."""
    if quote.concept not in ("three_public", "fund_expenditure", "state_capital_expenditure"):
        return None
    form = {
        "three_public": Form.THREE_PUBLIC,
        "fund_expenditure": Form.GOVERNMENT_FUND,
        "state_capital_expenditure": Form.STATE_CAPITAL,
    }[quote.concept]
    tables = context.of_form(form)
    if not tables or quotes.measure(quote) == "":
        return None
    cells = [(table, ref) for table in tables for ref in table.refs()]
    if any(printed_figure(table, ref.row, ref.column).kind in _FIGURES for table, ref in cells):
        return None
    # What a reviewer fills in makes the statement one that is not empty.
    context.guards.update(ref for _, ref in cells)
    filled = any(table.cell(ref.row, ref.column).figure.kind in _FIGURES for table, ref in cells)
    return None if filled else tables[0]


def quoted_as_printed(
    context: Context, quote: Quote, table: Table, ref: CellRef, key: Iterable[str] = ()
) -> Iterator[Check]:
    """The check that a figure of the text is what a cell prints, in the unit of either; none where a unit is unknown."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    if ratio is None:
        return
    where = f"{table.title} {context.label(ref)}".strip()
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "left"), Term(ref, -ratio, "right")],
        Message(
            f"The text quotes “{quote.title}” as the statements print it ({where}).",
            f"正文“{quote.title}”与报表（{where}）一致。",
        ),
        key=key,
    )
