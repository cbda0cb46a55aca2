"""Self-evaluation forms (自评表) and weighted indicators: weights make 100, scores make the total score, no score
exceeds its weight, and the rate of execution is what was spent of the budget.

Whether the ten points for execution stand among the weights or apart from them is told by the figures as printed; told
with the money and once more as an indicator (预算执行率) they count once, and are the same. Sums that are far from the
total are none of these: such a form repeats a weight over several rows. Source: 项目支出绩效自评表 (财政部,
预算绩效自评: 预算执行率 10 分, 绩效指标 90 分).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.forms.score_rows import FORMS, ScoreRow, header_roles, score_heads, score_rows
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_WHOLES = (Decimal(100), Decimal(90))
"""What weights make: all points, or those of the indicators without the points for execution."""
_FEWEST = 3
_NAMES_PROJECT = re.compile(r"(?:预算)?项目(?:名称)?")
_FAR = Decimal("0.3")
"""A sum that differs by more than this share of the whole is not a sum of these weights."""


def score_checks(context: Context) -> Iterator[Check]:
    """The checks of all forms that print weights, form by form (a form may be cut into several tables)."""
    forms: dict[str, list[Table]] = {}
    for table in context.of_form(*FORMS):
        forms.setdefault(table.part_of or table.title or table.id, []).append(table)
    for name, tables in forms.items():
        money = _money_before(context, tables[0])
        tables = [*((money,) if money is not None else ()), *tables]
        yield from context.checks_once(("scores", name), tuple(tables), partial(_score_checks, context, tables))


def _money_before(context: Context, table: Table) -> Table | None:
    """The table right before a form that holds its money and the points for execution, where the form was cut there."""
    tables = context.document.tables
    before = next((one for one, other in pairwise(tables) if other is table), None)
    if before is None or before.form in FORMS or before.part_of != table.part_of:
        return None
    return before if header_roles(before) >= {"executed", "rate"} and any(True for _ in score_rows(before)) else None


def _score_checks(context: Context, tables: Sequence[Table]) -> Iterator[Check]:
    rows = [row for table in tables for row in score_rows(table)]
    projects = [list(_of_project(table, rows)) for table in tables]
    several = [group for groups in projects if _are_projects(context, groups) for group in groups]
    for group in several:
        yield from _sums(context, group, "points", known=False)
    if several:
        yield from _bounds(context, rows)
        return
    once = _each_once(context, rows)
    if _are_without_execution(context, once):
        yield from _bounds(context, rows)
        return
    held = {name: _is_made(context, once, name) for name in ("points", "score")}
    yield from _sums(context, once, "points", known=held["score"])
    yield from _sums(context, once, "score", known=held["points"])
    if len(once) < len(rows):
        yield from _told_twice(context, rows)
    yield from _bounds(context, rows)
    for table in tables:
        yield from _rates(context, table)


def _each_once(context: Context, rows: Sequence[ScoreRow]) -> list[ScoreRow]:
    """The rows, without the points for execution of the block of money where an indicator prints as many again; where
    only one of both makes a total, that one."""
    without = [row for row in rows if row.execution != "money"]
    again = {_value(context, row.points) for row in rows if row.execution == "indicator"}
    twice = any(_value(context, row.points) in again for row in rows if row.execution == "money")
    made, made_without = (
        any(_is_made(context, some, name) for name in ("points", "score")) for some in (rows, without)
    )
    return without if (made_without if made != made_without else twice) else list(rows)


def _of_project(table: Table, rows: Sequence[ScoreRow]) -> Iterator[list[ScoreRow]]:
    """The rows of each project of a table that lists the indicators of several, by the column that names them."""
    heads = [label_key((table.column_path(column) or ("",))[-1]) for column in range(table.width)]
    column = next((at for at, head in enumerate(heads) if _NAMES_PROJECT.fullmatch(head)), None)
    if column is None:
        return
    groups: dict[str, list[ScoreRow]] = {}
    name = ""
    for row in rows:
        if isinstance(row.points, CellRef) and row.points.table == table.id and not row.total:
            name = label_key(table.rows[row.points.row][column].text) or name
            groups.setdefault(name, []).append(row)
    yield from groups.values()


def _are_projects(context: Context, groups: Sequence[Sequence[ScoreRow]]) -> bool:
    """Whether most groups, and several, make all points by themselves, as printed."""
    made = [sum((_value(context, row.points) for row in group), Decimal(0)) in _WHOLES for group in groups]
    return len(groups) > 1 and 2 * sum(made) > len(groups)


def _cells(context: Context, rows: Sequence[ScoreRow], name: str) -> tuple[list[CellRef], list[CellRef]]:
    """The cells of a column that print a figure: those of the rows, those of the rows that total them."""
    printed = [
        (row, cell) for row in rows if isinstance(cell := getattr(row, name), CellRef) and _prints(context, cell)
    ]
    return [cell for row, cell in printed if not row.total], [cell for row, cell in printed if row.total]


def _said(rows: Sequence[ScoreRow], name: str) -> Decimal:
    """The weights of rows that no cell prints, but their head."""
    said = [row.points for row in rows if isinstance(row.points, Decimal)] if name == "points" else []
    return sum(said, Decimal(0))


def _are_without_execution(context: Context, rows: Sequence[ScoreRow]) -> bool:
    """Whether the rows make, as printed, the points of the indicators where those of all are totalled, and their scores
    miss the total score by no more than the points for execution: these stand where no row of the form was found."""
    if any(row.execution for row in rows) or _said(rows, "points"):
        return False
    left = []
    for name in ("points", "score"):
        cells, totals = _cells(context, rows, name)
        if len(cells) < _FEWEST or len(totals) != 1:
            return False
        left.append(_value(context, totals[0]) - sum((_value(context, cell) for cell in cells), Decimal(0)))
    whole, indicators = _WHOLES
    return left[0] == whole - indicators >= left[1] > 0


def _is_made(context: Context, rows: Sequence[ScoreRow], name: str) -> bool:
    """Whether the one total of a column is, as printed, what its rows make."""
    cells, totals = _cells(context, rows, name)
    made = sum((_value(context, cell) for cell in cells), _said(rows, name))
    return len(cells) >= _FEWEST and len(totals) == 1 and made == _value(context, totals[0])


def _sums(context: Context, rows: Sequence[ScoreRow], name: str, *, known: bool) -> Iterator[Check]:
    """Weights, or scores, against the row that totals them; weights without such a row against 100. A sum far from its
    total is taken only where the other column is `known` to add up over the same rows."""
    cells, totals = _cells(context, rows, name)
    if len(cells) < _FEWEST or len(totals) > 1 or (name == "score" and not totals):
        return
    said = _said(rows, name)
    made = sum((_value(context, cell) for cell in cells), said)
    whole = _value(context, totals[0]) if totals else made if made in _WHOLES else _WHOLES[0]
    if not whole or (abs(made - whole) > abs(whole) * _FAR and not (known and totals)):
        return
    form = context.tables[cells[-1].table].title
    what = Message("weights", "分值") if name == "points" else Message("scores", "得分")
    # Weights are set and not rounded.
    parts = [Term(cell, MINUS_ONE if totals else ONE, "value" if name == "points" else "part") for cell in cells]
    yield context.check(
        Family.COLUMN_SUM,
        Relation.EQUAL,
        [*(Term(cell, ONE, "total") for cell in totals), *parts],
        Message(f"{form}: the {what.en} make {whole:f}.", f"{form}：各项{what.zh}之和为{whole:f}。"),
        key=(name,),
        severity=Severity.WARNING,
        constant=-said if totals else said - whole,
    )


def _told_twice(context: Context, rows: Sequence[ScoreRow]) -> Iterator[Check]:
    """What execution got, beside the money and as an indicator, is the same."""
    money, again = (next((row for row in rows if row.execution == name), None) for name in ("money", "indicator"))
    if money is None or again is None or money.score is None or again.score is None:
        return
    if _prints(context, money.score) and _prints(context, again.score):
        form = context.tables[again.score.table].title
        terms = [Term(again.score, ONE, "left"), Term(money.score, MINUS_ONE, "right")]
        title = Message(
            f"{form}: execution got as much as an indicator as beside the money.",
            f"{form}：预算执行率指标的得分应与资金部分的得分一致。",
        )
        yield context.check(Family.COLUMN_SUM, Relation.EQUAL, terms, title, severity=Severity.WARNING)


def _prints(context: Context, cell: CellRef) -> bool:
    return printed_figure(context.tables[cell.table], cell.row, cell.column).kind is FigureKind.NUMBER


def _value(context: Context, cell: CellRef | Decimal) -> Decimal:
    """What a cell prints, zero where that is no number; a weight that the head says is itself."""
    if isinstance(cell, Decimal):
        return cell
    return printed_figure(context.tables[cell.table], cell.row, cell.column).value or Decimal(0)


def _bounds(context: Context, rows: Sequence[ScoreRow]) -> Iterator[Check]:
    """No score exceeds its weight."""
    for row in rows:
        if row.score is None or not _prints(context, row.score):
            continue
        if isinstance(row.points, CellRef) and not _prints(context, row.points):
            continue
        weight = [Term(row.points, MINUS_ONE, "whole")] if isinstance(row.points, CellRef) else []
        title = context.tables[row.score.table].title
        yield context.check(
            Family.COLUMN_SUM,
            Relation.AT_MOST,
            [Term(row.score, ONE, "part"), *weight],
            Message(
                f"{title}, {context.label(row.score)}: the score is at most the weight.",
                f"{title}，{context.label(row.score)}：得分应不大于分值。",
            ),
            key=(context.label(row.score),),
            severity=Severity.WARNING,
            constant=Decimal(0) if weight else -_value(context, row.points),
        )


def _rates(context: Context, table: Table) -> Iterator[Check]:
    """执行率 of a form's block of money, where its heads stand in the body (percent.py reads those of statements)."""
    for number, roles in score_heads(table):
        if not roles.keys() >= {"planned", "executed", "rate"} or "executed" in header_roles(table):
            continue
        rate, done, plan = (CellRef(table.id, number, roles[role]) for role in ("rate", "executed", "planned"))
        figure = printed_figure(table, rate.row, rate.column)
        if not all_printed(table, [rate, done, plan]) or figure.value is None:
            continue
        if not figure.percent and abs(figure.value) <= 1:
            continue
        if any(printed_figure(table, cell.row, cell.column).percent for cell in (done, plan)):
            continue
        before = table.rows[number][: plan.column]
        label = next((label_key(cell.text) for cell in reversed(before) if cell.figure.kind is FigureKind.TEXT), "")
        yield context.check(
            Family.PERCENT,
            Relation.RATIO,
            [Term(rate, ONE, "share"), Term(done, ONE, "part"), Term(plan, ONE, "whole")],
            Message(f"{label}: the rate is what was spent of the budget.", f"{label}：执行率等于执行数÷预算数。"),
            key=(table.title, label),
            severity=Severity.WARNING,
            tolerance=2 * figure.half_unit,
        )
