"""What stands under the heads of scores in performance forms: the weight of each row, what it got, which rows total the
others, and which are for how much of the budget was spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.families.printed import printed_figure
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Form, Table

FORMS = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
"""The forms that print scores."""
_INDICATOR_KIND = re.compile(r"(?:产出|效益|效果|满意度|成本|管理|履职).{0,4}指标.*")
_MAY_HEAD = re.compile(r"[分权率数额支]")
_POINTS_OF_HEAD = re.compile(r".*[(](?:满分|共)?(\d+)分[)]")


@dataclass(frozen=True)
class ScoreRow:
    """A row under the heads of scores."""

    points: CellRef | Decimal
    """Its weight: a cell, or what the head of its score says in brackets (得分（10分）)."""
    score: CellRef | None
    total: bool
    execution: str = ""
    """"money" for the points that the block of money prints for execution, "indicator" for those of an indicator of
    that name."""


def score_rows(table: Table) -> Iterator[ScoreRow]:
    """The rows of a form that have a weight, from the top down."""
    words = vocabulary().rows["score_total"]
    said_under: dict[str, int] | None = None
    for number, roles in score_heads(table):
        total = any(words.fit(label_key(cell.text)) for cell in table.rows[number])
        score = CellRef(table.id, number, roles["score"]) if "score" in roles else None
        if "points" in roles:
            if total or _has_number(table, number, roles["points"]):
                points = CellRef(table.id, number, roles["points"])
                yield ScoreRow(points, score, total, _execution(table, number, roles))
        elif score is not None and said_under is not roles and _has_number(table, number, score.column):
            said = _points_of_head(table, number, roles)
            if said is not None:
                # One score is got for the block; what stands below it is of which.
                said_under = roles
                yield ScoreRow(said, score, False, "money")


def score_heads(table: Table) -> Iterator[tuple[int, dict[str, int]]]:
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
            if over and _INDICATOR_KIND.fullmatch(_first_words(cells)):
                # Below a block of money the indicators go on under the head of the table.
                roles = over
            yield number, roles


def header_roles(table: Table) -> set[str]:
    """Which of execution and its rate the header of a table heads."""
    words = vocabulary().columns
    keys = [label_key(cell.text) for row in table.header for cell in row]
    return {role for role in ("executed", "rate") if any(words[role].fit(key) for key in keys if key)}


def totals_of_points(table: Table) -> frozenset[int]:
    """The rows of a form that total its points."""
    if table.form not in FORMS:
        return frozenset()
    return frozenset(row.points.row for row in score_rows(table) if row.total and isinstance(row.points, CellRef))


def is_measure_of_money(key: str) -> bool:
    """Whether a head in the body of a form says that amounts of money stand under it (全年预算数, 全年执行数)."""
    words = vocabulary().columns
    return bool(re.fullmatch(r"金额|资金", key)) or words["planned"].fit(key) or words["executed"].fit(key)


def _first_words(cells: Sequence[Cell]) -> str:
    """What the first cell of a row says that is not blank (left of it a stub is merged over the rows)."""
    return next((key for cell in cells if (key := label_key(cell.text))), "")


def _is_later(cells: Sequence[Cell], planned: int | None) -> bool:
    """Whether no budget is headed yet, or only that of the beginning of the year, which the later one takes over."""
    return planned is None or label_key(cells[planned].text).startswith("年初")


def _has_points(table: Table, row: int, roles: Mapping[str, int]) -> bool:
    """Whether a row prints points under their head, so that it heads none itself (the indicator 预算执行率)."""
    column = roles.get("points")
    return row >= 0 and column is not None and _has_number(table, row, column)


def _has_number(table: Table, row: int, column: int) -> bool:
    return printed_figure(table, row, column).kind is FigureKind.NUMBER


def _execution(table: Table, row: int, roles: Mapping[str, int]) -> str:
    if {"executed", "rate"} <= roles.keys():
        return "money"
    words = vocabulary().columns["rate"]
    return "indicator" if any(words.fit(label_key(cell.text)) for cell in table.rows[row]) else ""


def _points_of_head(table: Table, row: int, roles: Mapping[str, int]) -> Decimal | None:
    """The points that the head of the score or of the rate says for execution, above a row of a block of money."""
    if not {"executed", "rate"} <= roles.keys():
        return None
    above = [*table.header, *table.rows[:row]]
    for role in ("score", "rate"):
        for cells in reversed(above):
            match = _POINTS_OF_HEAD.fullmatch(label_key(cells[roles[role]].text))
            if match is not None:
                return Decimal(match[1])
    return None
