"""How a made-up document prints: figures, stubs of codes, rows and totals, in the habits of different regions."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.disclosures.money import Department, Fen, Item, name_of
from tests.generator.content import Sheet, numeral

STUBS = ("one", "levels", "levels_whole", "levels_last", "names", "joined", "bracketed")


@dataclass(frozen=True)
class Habit:
    """The habits of one region in one year."""

    year: int = 2023
    unit: str = "万元"
    text_unit: str = ""
    """The unit of the running text where it is another one."""
    zero: str = ""
    """How nothing prints: "", "0.00", "0", "—" or "-"."""
    separators: bool = False
    trimmed: bool = False
    """Whether zeros at the end of decimals are left out, as spreadsheets do."""
    stub: str = "one"
    levels: tuple[int, ...] = (3, 5, 7)
    total: str = "top"
    """Where 合计 stands: top, bottom or both."""
    numbers: bool = False
    """Whether summaries print 行次."""
    column_numbers: str = ""
    """How the row begins that numbers the columns, "" where there is none."""
    unit_rows: str = ""
    """Whether rows of units stand above their items: "", "names" or "codes"."""
    variant: int = 0
    """Which of a form's variants, taken modulo their number."""


def random_habit(chance: random.Random, units: int = 1) -> Habit:
    """Some habit."""
    levels = chance.choice([(3, 5, 7), (3, 5, 7), (3, 5, 7), (7,), (3, 7), (5, 7)])
    stub = chance.choice(STUBS)
    unit = chance.choice(["万元", "万元", "元"])
    return Habit(
        year=chance.randint(2015, 2026),
        unit=unit,
        text_unit="万元" if unit == "元" and chance.random() < 0.6 else "",
        zero=chance.choice(["", "", "0.00", "0", "—", "-", "--"]),
        separators=chance.random() < 0.5,
        trimmed=chance.random() < 0.2,
        stub=stub,
        levels=(3, 5, 7) if stub in ("names", "levels_last") else levels,
        total=chance.choice(["top", "top", "bottom"]),
        numbers=chance.random() < 0.5,
        column_numbers=chance.choice(["", "栏次", "**"]),
        unit_rows=chance.choice(["", "names", "codes"]) if units > 1 else "",
        variant=chance.randrange(12),
    )


def figure(amount: Fen, habit: Habit, *, zero: str | None = None) -> str:
    """An amount as this region prints it."""
    places = Decimal(amount) / (1_000_000 if habit.unit == "万元" else 100)
    value = places.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not value:
        return habit.zero if zero is None else zero
    text = f"{value:,.2f}" if habit.separators else f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if habit.trimmed else text


@dataclass(frozen=True)
class Column:
    """A column of figures: its head from the top, and what it holds of a code."""

    path: tuple[str, ...]
    amount: Callable[[str, int | None], Fen]


def of_items(made: Department, path: tuple[str, ...], of: Callable[[Item], Fen], sources: Sequence[str] = ()) -> Column:
    """A column that adds up something over the items of a code."""
    return Column(path, lambda code, unit: made.add(of, code, sources, unit))


def _stub_heads(habit: Habit) -> list[tuple[str, ...]]:
    if habit.stub.startswith("levels"):
        top = ("项目", "支出功能分类科目编码")
        return [(*top, "类"), (*top, "款"), (*top, "项"), ("项目", "科目名称", "科目名称")]
    if habit.stub in ("names", "joined", "bracketed"):
        return [("功能分类科目",)] if habit.variant % 2 else [("项目",)]
    return [("项目", "功能分类科目编码"), ("项目", "科目名称")]


def _stub(code: str, habit: Habit) -> list[str]:
    name = name_of(code)
    if habit.stub == "levels":
        return [code[:3], code[3:5], code[5:7], name]
    if habit.stub == "levels_whole":
        return [code[:3], code[:5] if len(code) > 3 else "", code if len(code) > 5 else "", name]
    if habit.stub == "levels_last":
        return [code if len(code) == 3 else "", code[3:] if len(code) == 5 else "", code[5:], name]
    if habit.stub == "names":
        return [name]
    if habit.stub == "joined":
        return [f"{code} {name}"]
    if habit.stub == "bracketed":
        return [f"[{code}]{name}"]
    return [code, name]


def _whole(label: str, habit: Habit, code: str = "") -> list[str]:
    """The stub of a row without an account: a total, a unit."""
    width = len(_stub_heads(habit))
    return [code, *[""] * (width - 2), label] if width > 1 else [f"{code} {label}".strip()]


def header(paths: Sequence[tuple[str, ...]], habit: Habit, labels: int) -> list[list[str]]:
    """The header rows over these paths, spanners repeated, with the row that numbers the columns."""
    depth = max(len(path) for path in paths)
    rows = [[path[min(level, len(path) - 1)] for path in paths] for level in range(depth)]
    if habit.column_numbers:
        rows.append([habit.column_numbers] * labels + [str(n) for n in range(1, len(paths) - labels + 1)])
    return rows


def coded_sheet(
    made: Department,
    habit: Habit,
    form: str,
    title: str,
    columns: Sequence[Column],
    *,
    total: str = "合计",
    sources: Sequence[str] = (),
) -> Sheet:
    """A statement by functional codes: every code with an amount in one of the columns, and the total."""
    heads = _stub_heads(habit)
    rows: list[list[str]] = []

    def add(stub: list[str], code: str, unit: int | None, *, always: bool = False) -> None:
        amounts = [column.amount(code, unit) for column in columns]
        if always or any(amounts):
            rows.append([*stub, *(figure(amount, habit) for amount in amounts)])

    codes = [code for code in made.codes if len(code) in habit.levels and made.add(lambda item: 1, code, sources)]
    if not habit.unit_rows:
        for code in codes:
            add(_stub(code, habit), code, None)
    else:
        for number, name in enumerate(made.units):
            add(
                _whole(name, habit, f"30{number + 1:04d}" if habit.unit_rows == "codes" else ""),
                "",
                number,
                always=True,
            )
            for code in codes:
                add(_stub(code, habit), code, number)
    items, rows = rows, []
    add(_whole(total, habit), "", None, always=True)
    whole = rows
    rows = {"top": [*whole, *items], "bottom": [*items, *whole]}.get(habit.total, [*whole, *items, *whole])
    return Sheet(
        form, title, habit.unit, header([*heads, *(column.path for column in columns)], habit, len(heads)), rows
    )


Line = tuple[str, Sequence[Fen] | None]
"""A label and its figures; None where the row prints no figures (a heading)."""


def side(lines: Sequence[Line], habit: Habit, width: int, first: int) -> list[list[str]]:
    """One side of a summary, row by row, with its 行次 where the region prints them."""
    made = []
    for number, (label, amounts) in enumerate(lines, first):
        figures = [""] * width if amounts is None else [figure(amount, habit) for amount in amounts]
        made.append([label, *([str(number)] if habit.numbers else []), *figures])
    return made


def beside(sides: Sequence[list[list[str]]]) -> list[list[str]]:
    """The sides of a summary beside each other; the last rows (the totals) of each in one row."""
    height = max(len(rows) for rows in sides)
    padded = []
    for rows in sides:
        width = len(rows[0])
        tail = _tail(rows)
        padded.append([*rows[: len(rows) - tail], *[[""] * width] * (height - len(rows)), *rows[len(rows) - tail :]])
    return [[cell for rows in padded for cell in rows[number]] for number in range(height)]


def _tail(rows: list[list[str]]) -> int:
    """How many rows at the foot belong together: from 本年…合计 on."""
    place = next((n for n, row in enumerate(rows) if row[0].startswith("本年") and "合计" in row[0]), len(rows) - 1)
    return len(rows) - place


def numbered(names: Sequence[str]) -> list[str]:
    """一、… 二、… ."""
    return [f"{numeral(number)}、{name}" for number, name in enumerate(names, 1)]
