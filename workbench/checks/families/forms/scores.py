"""Self-evaluation forms (自评表) and weighted indicators: weights make 100, scores make the total score, no score
exceeds its weight, and the rate of execution is what was spent of the budget.

Whether the ten points for execution stand among the weights or apart from them is told by the figures as printed; told
with the money and once more as an indicator (预算执行率) they count once, and are the same. Sums that are far from the
total are none of these: such a form repeats a weight over several rows. Source: 项目支出绩效自评表 (财政部,
预算绩效自评: 预算执行率 10 分, 绩效指标 90 分).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import Cell, CellRef, Form, Table

_FORMS = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
_WHOLES = (Decimal(100), Decimal(90))
"""What weights make: all points, or those of the indicators without the points for execution."""
_FEWEST = 3
_INDICATOR_KIND = re.compile(r"(?:产出|效益|效果|满意度|成本|管理|履职).{0,4}指标.*")
_NAMES_PROJECT = re.compile(r"(?:预算)?项目(?:名称)?")
_MAY_HEAD = re.compile(r"[分权率数额支]")
_FAR = Decimal("0.3")
"""A sum that differs by more than this share of the whole is not a sum of these weights."""


@dataclass(frozen=True)
class _Row:
    """A row under the heads of scores: its weight, its score, whether it totals the others, whether it is for how much
    of the budget was spent."""

    points: CellRef
    score: CellRef | None
    total: bool
    execution: str = ""
    """"money" for the points that the block of money prints for execution, "indicator" for those of an indicator of
    that name."""


def score_checks(context: Context) -> Iterator[Check]:
    """The checks of all forms that print weights, form by form (a form may be cut into several tables)."""
    forms: dict[str, list[Table]] = {}
    for table in context.of_form(*_FORMS):
        forms.setdefault(table.part_of or table.title or table.id, []).append(table)
    for name, tables in forms.items():
        money = _money_before(context, tables[0])
        tables = [*((money,) if money is not None else ()), *tables]
        yield from context.checks_once(("scores", name), tuple(tables), partial(_score_checks, context, tables))


def _money_before(context: Context, table: Table) -> Table | None:
    """The table right before a form that holds its money and the points for execution, where the form was cut there."""
    tables = context.document.tables
    before = next((one for one, other in pairwise(tables) if other is table), None)
    if before is None or before.form in _FORMS or before.part_of != table.part_of:
        return None
    return before if _header_roles(before) >= {"executed", "rate"} and any(True for _ in _rows(before)) else None


def _score_checks(context: Context, tables: Sequence[Table]) -> Iterator[Check]:
    rows = [row for table in tables for row in _rows(table)]
    projects = [list(_of_project(table, rows)) for table in tables]
    several = [group for groups in projects if _are_projects(context, groups) for group in groups]
    for group in several:
        yield from _sums(context, group, "points", known=False)
    if several:
        yield from _bounds(context, rows)
        return
    once = _each_once(context, rows)
    held = {name: _is_made(context, once, name) for name in ("points", "score")}
    yield from _sums(context, once, "points", known=held["score"])
    yield from _sums(context, once, "score", known=held["points"])
    if len(once) < len(rows):
        yield from _told_twice(context, rows)
    yield from _bounds(context, rows)
    for table in tables:
        yield from _rates(context, table)


def _heads(table: Table) -> Iterator[tuple[int, dict[str, int]]]:
    """The rows of a form after a row that heads scores or execution, each with the columns by what they hold."""
    words = vocabulary().columns
    roles: dict[str, int] = {}
    over: dict[str, int] = {}
    grid = [(-1, row) for row in table.header] + list(enumerate(table.rows))
    for number, cells in grid:
        found: dict[str, int] = {}
        for column, cell in enumerate(cells) if not _has_points(table, number, roles) else ():
            key = label_key(cell.text)
            if not _MAY_HEAD.search(key):
                continue
            for role in ("points", "score", "planned", "executed", "rate"):
                if key and words[role].fit(key) and (role != "planned" or _is_later(cells, found.get(role))):
                    found[role] = column
        if found.keys() & {"points", "rate"}:
            roles = {**roles, **found} if number < 0 else found
            over = roles if number < 0 else over
        elif number >= 0 and roles:
            if over and _INDICATOR_KIND.fullmatch(label_key(cells[0].text)):
                # Below a block of money the indicators go on under the head of the table.
                roles = over
            yield number, roles


def _is_later(cells: Sequence[Cell], planned: int | None) -> bool:
    """Whether no budget is headed yet, or only that of the beginning of the year, which the later one takes over."""
    return planned is None or label_key(cells[planned].text).startswith("年初")


def _has_points(table: Table, row: int, roles: dict[str, int]) -> bool:
    """Whether a row prints points under their head, so that it heads none itself (the indicator 预算执行率)."""
    column = roles.get("points")
    return row >= 0 and column is not None and printed_figure(table, row, column).kind is FigureKind.NUMBER


def totals_of_points(table: Table) -> frozenset[int]:
    """The rows of a form that total its points."""
    return frozenset(row.points.row for row in _rows(table) if row.total) if table.form in _FORMS else frozenset()


def _rows(table: Table) -> Iterator[_Row]:
    words = vocabulary().rows["score_total"]
    for number, roles in _heads(table):
        if "points" not in roles:
            continue
        total = any(words.fit(label_key(cell.text)) for cell in table.rows[number])
        score = CellRef(table.id, number, roles["score"]) if "score" in roles else None
        if total or printed_figure(table, number, roles["points"]).kind is FigureKind.NUMBER:
            yield _Row(CellRef(table.id, number, roles["points"]), score, total, _execution(table, number, roles))


def _execution(table: Table, row: int, roles: Mapping[str, int]) -> str:
    if {"executed", "rate"} <= roles.keys():
        return "money"
    words = vocabulary().columns["rate"]
    return "indicator" if any(words.fit(label_key(cell.text)) for cell in table.rows[row]) else ""


def _each_once(context: Context, rows: Sequence[_Row]) -> list[_Row]:
    """The rows, without the points for execution of the block of money where an indicator prints as many again, unless
    the rows make their total with both."""
    money = [row for row in rows if row.execution == "money"]
    again = {_printed(context, row.points) for row in rows if row.execution == "indicator"}
    without = [row for row in rows if row.execution != "money"]
    if not any(_printed(context, row.points) in again for row in money):
        return list(rows)
    names = ("points", "score")
    twice = any(_is_made(context, rows, name) for name in names)
    return list(rows) if twice and not any(_is_made(context, without, name) for name in names) else without


def _of_project(table: Table, rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows of each project of a table that lists the indicators of several, by the column that names them."""
    heads = [label_key((table.column_path(column) or ("",))[-1]) for column in range(table.width)]
    column = next((at for at, head in enumerate(heads) if _NAMES_PROJECT.fullmatch(head)), None)
    if column is None:
        return
    groups: dict[str, list[_Row]] = {}
    name = ""
    for row in rows:
        if row.points.table == table.id and not row.total:
            name = label_key(table.rows[row.points.row][column].text) or name
            groups.setdefault(name, []).append(row)
    yield from groups.values()


def _are_projects(context: Context, groups: Sequence[Sequence[_Row]]) -> bool:
    """Whether most groups, and several, make all points by themselves, as printed."""
    made = [sum((_printed(context, row.points) for row in group), Decimal(0)) in _WHOLES for group in groups]
    return len(groups) > 1 and 2 * sum(made) > len(groups)


def _cells(context: Context, rows: Sequence[_Row], name: str) -> tuple[list[CellRef], list[CellRef]]:
    """The cells of a column that print a figure: those of the rows, those of the rows that total them."""
    printed = [(row, cell) for row in rows if (cell := getattr(row, name)) is not None and _prints(context, cell)]
    return [cell for row, cell in printed if not row.total], [cell for row, cell in printed if row.total]


def _is_made(context: Context, rows: Sequence[_Row], name: str) -> bool:
    """Whether the one total of a column is, as printed, what its rows make."""
    cells, totals = _cells(context, rows, name)
    made = sum((_printed(context, cell) for cell in cells), Decimal(0))
    return len(cells) >= _FEWEST and len(totals) == 1 and made == _printed(context, totals[0])


def _sums(context: Context, rows: Sequence[_Row], name: str, *, known: bool) -> Iterator[Check]:
    """Weights, or scores, against the row that totals them; weights without such a row against 100. A sum far from its
    total is taken only where the other column is `known` to add up over the same rows."""
    cells, totals = _cells(context, rows, name)
    if len(cells) < _FEWEST or len(totals) > 1 or (name == "score" and not totals):
        return
    made = sum((_printed(context, cell) for cell in cells), Decimal(0))
    whole = _printed(context, totals[0]) if totals else made if made in _WHOLES else _WHOLES[0]
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
        constant=Decimal(0) if totals else -whole,
    )


def _told_twice(context: Context, rows: Sequence[_Row]) -> Iterator[Check]:
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


def _printed(context: Context, cell: CellRef) -> Decimal:
    return printed_figure(context.tables[cell.table], cell.row, cell.column).value or Decimal(0)


def _bounds(context: Context, rows: Sequence[_Row]) -> Iterator[Check]:
    """No score exceeds its weight."""
    for row in rows:
        if row.score is None or not (_prints(context, row.score) and _prints(context, row.points)):
            continue
        title = context.tables[row.score.table].title
        yield context.check(
            Family.COLUMN_SUM,
            Relation.AT_MOST,
            [Term(row.score, ONE, "part"), Term(row.points, MINUS_ONE, "whole")],
            Message(
                f"{title}, {context.label(row.score)}: the score is at most the weight.",
                f"{title}，{context.label(row.score)}：得分应不大于分值。",
            ),
            key=(context.label(row.score),),
            severity=Severity.WARNING,
        )


def _rates(context: Context, table: Table) -> Iterator[Check]:
    """执行率 of a form's block of money, where its heads stand in the body (percent.py reads those of statements)."""
    for number, roles in _heads(table):
        if not roles.keys() >= {"planned", "executed", "rate"} or "executed" in _header_roles(table):
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


def _header_roles(table: Table) -> set[str]:
    words = vocabulary().columns
    keys = [label_key(cell.text) for row in table.header for cell in row]
    return {role for role in ("executed", "rate") if any(words[role].fit(key) for key in keys if key)}


def is_measure_of_money(key: str) -> bool:
    """Whether a head in the body of a form says that amounts of money stand under it (全年预算数, 全年执行数)."""
    words = vocabulary().columns
    return bool(re.fullmatch(r"金额|资金", key)) or words["planned"].fit(key) or words["executed"].fit(key)
