"""Which cells of one statement a concept of the running text names: by the label of the row,
by the head of the column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.statements.totals import comprising, spending_columns, total_column
from workbench.checks.structure.label_words import numbering
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.concepts import Target
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.table import CellRef, Form, Table

_OF_WHICH = re.compile(r"^[(（]?其中[)）]?[:：]?")
FIGURES = (FigureKind.NUMBER, FigureKind.DASH)
"""What a statement prints for an amount."""


def cells_fitting(context: Context, table: Table, target: Target, measure: str) -> tuple[CellRef, ...]:
    """The cells of a table that fit a target, best first; those of the measure (final, else the budget)
    that is given."""
    key = ("cells fitting", table.id, id(target), measure)
    return context.once(key, (table,), lambda: tuple(_fitting(context, table, target, measure)))


def _fitting(context: Context, table: Table, target: Target, measure: str) -> Iterator[CellRef]:
    structure = context.structure(table)
    if not target.rows:
        yield from _by_column(context, structure, target, measure)
        return
    seen: set[CellRef] = set()
    labels = context.once(("labels", table.id), (table,), lambda: _labels(table))
    for pattern in target.rows:
        for (row, column), key in labels.items():
            if not pattern.fullmatch(key) or _counts(structure, row, column):
                continue
            ref = _amount_beside(context, structure, target, measure, row, column)
            if ref is not None and ref not in seen:
                alike = (ref, *_headed_alike(structure, ref))
                seen.update(alike)
                yield from alike
    if not seen and target.column is not None and target.form == Form.THREE_PUBLIC:
        yield from _by_column(context, structure, target, measure)


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


def _amount_beside(
    context: Context, structure: TableStructure, target: Target, measure: str, row: int, column: int
) -> CellRef | None:
    """The amount that belongs to a label: of the figures of its own side the one whose head fits."""
    table = structure.table
    number = _panel_of_label(structure, row, column)
    if number is None:
        return None
    # A head that is printed over too many columns may reach the labels of the other side, hardly its amounts.
    side = next((side for at in _amounts(structure, number) if at > column and (side := _side(table, at))), "")
    side = side or _side(table, column)
    if target.side and side and target.side not in side and target.side not in label_key(table.rows[row][column].text):
        return None
    beside = [
        at
        for at in _amounts(structure, number)
        if at > column and table.rows[row][at].figure.kind is not FigureKind.TEXT
    ]
    if target.column is not None and target.side == "":
        fitting = _wholes(context, structure, number, beside, target)
        fitting = fitting or [at for at in beside if _fits(table, at, target)]
        if fitting:
            return CellRef(table.id, row, _measured(context, structure, number, fitting, measure))
        if target.form != Form.THREE_PUBLIC:
            return None
    return CellRef(table.id, row, _measured(context, structure, number, beside, measure)) if beside else None


def _headed_alike(structure: TableStructure, ref: CellRef) -> Iterator[CellRef]:
    """The amounts of the same row whose heads say the same as that of a cell: what told them apart is lost."""
    number = structure.panel_of(ref.column)
    amounts = structure.panels[number].amounts if number is not None else ()
    path = next((column.path for column in amounts if column.index == ref.column), ())
    for column in amounts:
        if column.path == path and column.index != ref.column:
            yield CellRef(ref.table, ref.row, column.index)


def _wholes(context: Context, structure: TableStructure, number: int, beside: list[int], target: Target) -> list[int]:
    """The column that comprises the others of its panel, where a total is asked for and this is headed as one, by
    whatever word."""
    if target.column is None or target.form == Form.THREE_PUBLIC or not target.column.fullmatch("合计"):
        return []
    column = total_column(context, structure, structure.panels[number])
    return [column.index] if column.index in beside and vocabulary().columns["total"].fit(column.leaf) else []


def _panel_of_label(structure: TableStructure, row: int, column: int) -> int | None:
    """The panel of a label: for a total that is merged over several blocks the one that holds its figure."""
    number = structure.panel_of(column)
    while number is not None and number + 1 < len(structure.panels):
        if not structure.rows[number][row].empty or not structure.rows[number + 1][row].total:
            break
        number += 1
    return number


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
    *over, tail = [part for part in path if not _MEASURES.fullmatch(part)] or [path[-1]]
    if target.form == Form.THREE_PUBLIC and _SUBTOTAL.fullmatch(tail):
        if any(_VEHICLES.match(part) for part in over) or _with_meetings(table, over):
            return False
    return target.column.fullmatch(tail) is not None


def _with_meetings(table: Table, over: list[str]) -> bool:
    """Whether a bare total takes in 会议费 and 培训费 too, which stand beside the three public expenses; these have a
    total of their own under a head that names them."""
    if any("三公" in part for part in over):
        return False
    heads = ["".join(map(label_key, table.column_path(column))) for column in range(len(table.header[0]))]
    return any("三公" in head for head in heads) and any(head.endswith(("会议费", "培训费")) for head in heads)


_SUBTOTAL = re.compile(r"小计|合计|总计")
_VEHICLES = re.compile(r"公务用车")
"""What has a subtotal of its own among the three public expenses."""
_YEARS = re.compile(r"20\d\d(?=年)")
_MEASURES = re.compile(
    r"(?:20\d\d年度?)?(?:年初|全年|调整|支出|本年)?(?:预算|决算)?数?|栏次|\d+|\*+|[一-龥]?类|款|项|金额"
)


def _measured(context: Context, structure: TableStructure, number: int, columns: list[int], measure: str) -> int:
    """Of the columns that fit the one of the measure (预算数, 决算数), else the one of its kind (统计数, 执行数); of
    several the one that the others make up, else the first."""
    words, table = vocabulary().columns, structure.table
    named = "决算" if measure == "final" else "预算"
    kind = words["final_measure" if measure == "final" else "budget_measure"]
    columns = _of_this_year(table, columns, context.own(table).fiscal_year)
    heads = [(column, [label_key(part) for part in table.column_path(column)]) for column in columns]
    heads = [(column, [key for key in keys if words["measure"].fit(key)]) for column, keys in heads]
    fitting = [column for column, keys in heads if any(named in key for key in keys)]
    fitting += [column for column, keys in heads if any(kind.fit(key) for key in keys)]
    columns = fitting or columns
    panel = structure.panels[number]
    whole = comprising(structure, panel, [column for column in panel.amounts if column.index in columns])
    return columns[0] if whole is None else whole.index


def _of_this_year(table: Table, columns: list[int], year: int | None) -> list[int]:
    """The columns without those that stand for another year than the one told of (上年预算数; 2023年 beside 2024年);
    all, if none is left."""
    heads = {column: [label_key(part) for part in table.column_path(column)] for column in columns}
    years = {column: max(map(int, _YEARS.findall("".join(head))), default=None) for column, head in heads.items()}
    latest = max((named for named in years.values() if named is not None), default=None)
    if year is not None and None in years.values():
        latest = year
    other = vocabulary().columns["other_year"]
    kept = [
        column
        for column in columns
        if years[column] in (None, latest) and not any(other.fit(part) for part in heads[column])
    ]
    return kept or columns


def _by_column(context: Context, structure: TableStructure, target: Target, measure: str) -> Iterator[CellRef]:
    """The one figure under a head, where the statement prints a single row of figures (or a total row)."""
    table = structure.table
    amounts = (column for panel in structure.panels for column in _amounts(structure, panel.number))
    columns = [column for column in amounts if _fits(table, column, target)]
    if not columns:
        return
    number = structure.panel_of(columns[0])
    column = _measured(context, structure, number or 0, columns, measure)
    filled = [row for row in range(len(table.rows)) if printed_figure(table, row, column).kind in FIGURES]
    totals = [row for row in filled if _is_total(table, row)]
    if totals or len(filled) == 1:
        ref = CellRef(table.id, (totals or filled)[0], column)
        yield from (ref, *_headed_alike(structure, ref))


def _is_total(table: Table, row: int) -> bool:
    return any(re.fullmatch(r"合计|总计", label_key(cell.text)) for cell in table.rows[row][:4])


def _side(table: Table, column: int) -> str:
    path = table.column_path(column)
    first = label_key(path[0]) if path else ""
    return first if first.startswith(("收入", "支出")) else ""
