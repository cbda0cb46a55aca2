"""The money of a made-up department: what each unit has, gets and spends by functional item and by source.

Everything follows from the items, so that whatever a statement prints adds up: opening + income = spent + closing, item
by item. Amounts are whole fen (分).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from workbench.fiscal.codes import names_of

Fen = int

LEAST = 10_000
"""No amount is smaller, so that none prints as nothing in 万元."""
GRANTS = ("general", "fund", "capital")
OWN = ("superior", "business", "operating", "subordinate", "other")
GENERAL_ITEMS = (
    "2010301", "2010302", "2010350", "2010601", "2010602", "2010607", "2012901", "2012999", "2050201", "2050202", "2050203",
    "2060499", "2070104", "2070109", "2080501", "2080502", "2080505", "2080506", "2080801", "2101101", "2101102", "2101103",
    "2101501", "2110301", "2120501", "2130106", "2130301", "2130306", "2210201", "2210203", "2240106", "2299999",
)  # fmt: skip
FUND_ITEMS = ("2120801", "2120802", "2120804", "2296002", "2296003")
CAPITAL_ITEMS = ("2230105", "2230107")
PERSONNEL = (
    "30101", "30102", "30103", "30107", "30108", "30109", "30110", "30112", "30113", "30199", "30301", "30302", "30305",
    "30399",
)  # fmt: skip
PUBLIC = (
    "30201", "30202", "30205", "30206", "30207", "30211", "30213", "30216", "30217", "30226", "30228", "30229", "30231",
    "30239", "30299", "31002", "31007", "31013",
)  # fmt: skip


def name_of(code: str) -> str:
    """The standard name of a code in force."""
    return names_of(code, 2024)[0]


@dataclass
class Item:
    """One functional item of one unit, paid from one source."""

    code: str
    unit: int
    source: str
    personnel: Fen = 0
    public: Fen = 0
    project: Fen = 0
    operating: Fen = 0
    superior_paid: Fen = 0
    subsidy: Fen = 0
    opening_basic: Fen = 0
    opening_project: Fen = 0
    closing_basic: Fen = 0
    closing_project: Fen = 0
    planned: Fen = 0
    """What the budget of the year had for it."""
    previous: Fen = 0
    """What was spent on it the year before."""

    @property
    def basic(self) -> Fen:
        """基本支出."""
        return self.personnel + self.public

    @property
    def spent(self) -> Fen:
        """本年支出."""
        return self.basic + self.project + self.operating + self.superior_paid + self.subsidy

    @property
    def opening(self) -> Fen:
        """年初结转和结余."""
        return self.opening_basic + self.opening_project

    @property
    def closing(self) -> Fen:
        """年末结转和结余."""
        return self.closing_basic + self.closing_project

    @property
    def income_basic(self) -> Fen:
        """本年收入 for basic expenditure."""
        return self.basic + self.closing_basic - self.opening_basic

    @property
    def income_project(self) -> Fen:
        """本年收入 for projects (and whatever is not basic)."""
        return self.spent - self.basic + self.closing_project - self.opening_project

    @property
    def income(self) -> Fen:
        """本年收入."""
        return self.income_basic + self.income_project


Amount = Callable[[Item], Fen]


@dataclass
class Department:
    """All the money of a department and its units."""

    units: list[str]
    items: list[Item]
    economic: dict[str, Fen] = field(default_factory=dict)
    """The basic expenditure from the general budget by economic item."""
    surplus_used: Fen = 0
    surplus_shared: Fen = 0
    public_budget: tuple[Fen, Fen, Fen, Fen] = (0, 0, 0, 0)
    public_spent: tuple[Fen, Fen, Fen, Fen] = (0, 0, 0, 0)
    """Abroad, purchase of cars, running of cars, receptions."""

    def add(self, of: Amount, prefix: str = "", sources: Iterable[str] = (), unit: int | None = None) -> Fen:
        """The sum over the items of a code, of sources (all where none is named) and of a unit."""
        wanted = tuple(sources)
        return sum(
            of(item)
            for item in self.items
            if item.code.startswith(prefix)
            and (not wanted or item.source in wanted)
            and (unit is None or item.unit == unit)
        )

    @cached_property
    def codes(self) -> list[str]:
        """All codes at all levels, in order."""
        return sorted({item.code[:length] for item in self.items for length in (3, 5, 7)})

    def alone(self, unit: int, chance: random.Random) -> Department:
        """One of its units with its own money (how the basic expenditure divides is made up anew)."""
        items = [replace(item, unit=0) for item in self.items if item.unit == unit]
        own = Department([self.units[unit]], items)
        _economic(chance, own, 1)
        return own

    def under(self, code: str) -> Fen:
        """The basic expenditure from the general budget under an economic code."""
        return sum(amount for other, amount in self.economic.items() if other.startswith(code))


def _parts(chance: random.Random, total: Fen, count: int, step: int) -> list[Fen]:
    units = total // step
    if count <= 1 or total < 200 * LEAST:
        return [total, *([0] * (count - 1))]
    weights = [chance.random() + 0.05 for _ in range(count)]
    parts = [int(units * weight / sum(weights)) * step for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def random_department(chance: random.Random, *, budget: bool, exact: bool, units: int = 1) -> Department:
    """A consistent department. `exact` amounts are whole hundreds of yuan, so that nothing is rounded in 万元."""
    step = 10_000 if exact else 1
    made = Department([f"u{number}" for number in range(units)], [])
    for unit in range(units):
        for code in sorted(chance.sample(GENERAL_ITEMS, chance.randint(4, 12))):
            made.items.append(_item(chance, code, unit, "general", step, budget))
        if chance.random() < 0.4:
            for code in chance.sample(FUND_ITEMS, chance.randint(1, 3)):
                made.items.append(_item(chance, code, unit, "fund", step, budget, basic=False))
        if chance.random() < 0.2:
            made.items.append(_item(chance, chance.choice(CAPITAL_ITEMS), unit, "capital", step, budget, basic=False))
        if chance.random() < 0.5:
            for source in chance.sample(OWN, chance.randint(1, 3)):
                code = chance.choice([item.code for item in made.items if item.unit == unit])
                made.items.append(_item(chance, code, unit, source, step, budget))
    for item in made.items:
        if item.source == "operating":
            item.operating, item.personnel, item.public, item.project = item.spent, 0, 0, 0
        elif item.source in OWN and chance.random() < 0.2:
            item.subsidy, item.project = item.project, 0
    _economic(chance, made, step)
    if not budget:
        own = made.add(lambda item: item.closing, sources=OWN)
        made.surplus_used = step * (chance.randint(LEAST, 200 * LEAST) // step) if own and chance.random() < 0.4 else 0
        made.surplus_shared = own // 2 // step * step if own > 4 * LEAST and chance.random() < 0.4 else 0
    return made


def _item(
    chance: random.Random, code: str, unit: int, source: str, step: int, budget: bool, *, basic: bool = True
) -> Item:
    def some(most: int, share: float) -> Fen:
        return step * chance.randint(LEAST // step, most * 10_000 // step) if chance.random() < share else 0

    item = Item(code, unit, source)
    if basic:
        item.personnel, item.public = some(90_000, 0.6), some(20_000, 0.4)
    item.project = some(300_000, 0.5)
    if not item.spent:
        item.project = some(5_000, 1)
    opening = some(20_000, 0.3)
    item.opening_project = opening if opening + LEAST < item.project else 0
    if not budget:
        opening = some(2_000, 0.1)
        item.opening_basic = opening if opening + LEAST < item.basic else 0
        item.closing_project = some(20_000, 0.3)
        item.closing_basic = some(1_000, 0.1) if item.basic else 0
    item.planned = item.spent + some(5_000, 0.5)
    item.previous = item.spent // 2 // step * step + some(200_000, 0.8)
    return item


def _economic(chance: random.Random, made: Department, step: int) -> None:
    for codes, of in ((PERSONNEL, lambda item: item.personnel), (PUBLIC, lambda item: item.public)):
        total = made.add(of, sources=("general",))
        chosen = sorted(chance.sample(codes, chance.randint(3, len(codes))))
        for code, part in zip(chosen, _parts(chance, total, len(chosen), step), strict=True):
            if part:
                made.economic[code] = part
    running, reception, bought = (made.economic.get(code, 0) for code in ("30231", "30217", "31013"))
    abroad = 3 * LEAST if chance.random() < 0.2 else 0
    made.public_spent = (abroad, bought, running, reception)
    more = [amount + LEAST * chance.randint(0, 5) if amount else 0 for amount in made.public_spent]
    made.public_budget = (more[0], more[1], more[2], more[3])
