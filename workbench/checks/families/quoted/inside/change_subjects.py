"""What a change in running text is said about: the amount it belongs to, the change that a rate expresses,
the figure it is measured against."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.sections import is_short_for
from workbench.fiscal.concepts import Named, named
from workbench.model.amount import read_figure
from workbench.model.table import StatedKind

_LOOK_BACK = 6
_SIDES = {
    "income_and_expenditure": ("income", "expenditure"),
    "fiscal_income_and_expenditure": ("fiscal_income", "fiscal_expenditure"),
}
"""What a change of both sides may be said about: either of them."""
_CLAUSE_END = re.compile(r"[，,；;：:。]")
_COMPARED = re.compile(r"[比较]|与|同比|增加|减少|增长|下降|降低|上升|无增减|持平")
_CHANGE_WORDS = re.compile(
    r"(?:各|均)?(?:[比较与同].*)?(?:增加|减少|增长|下降|降低|上升|提高|压减|压缩|削减|调增|调减|增支|减支|节约|节省|缩减|净增|净减|新增|增多|核减|核增"
    r"|多支出?|少支出?|上涨|回落|涨幅|升幅|增幅|降幅|减幅|增比|(?:增减)?(?:变动|变化|增减)(?:率|幅度|比例|比率|百分比))(?:额|数)?$"
)
_BUDGET_BESIDE = re.compile(r" (?:年初|全年|调整后?|当年)?预算(?:数|额)?$")
_BASE_YEAR = re.compile(r"[比较与同](?P<year>20\d\d)(?:年度?)?(?:预算|决算)?(?:执行)?")
_CHANGED_TO = re.compile(r"(?:减少|下降|降低|压缩|压减|增加|增长|上升|提高)(?:到|至)$")
_SAID_NEXT = re.compile(r"[，,、]?(?:增加|减少|增收|减收|增支|减支|净增|增|减)(?:了|额)?")


def amount_of(quotes: Quotes, quote: Quote) -> Quote | None:
    """The amount that a change is said about: the one it is tied to, else the last one of its name before it."""
    above = quotes.parent(quote)
    subject = named(_CHANGE_WORDS.sub("", quote.figure.label))
    if above is not None:
        other = _named_instead(quotes, above, quote)
        of_plan = quotes.measure(above) == "plan" and subject.measure == "final"
        if other is None and not of_plan:
            return above if above.kind is StatedKind.AMOUNT else None
        subject = other or subject
    alike = {subject.concept, *_SIDES.get(subject.concept, ())} - {""}
    for before in reversed(quotes.all[max(quote.position - _LOOK_BACK, 0) : quote.position]):
        measured = not subject.measure or quotes.measure(before) == quotes.measure_of(subject, before)
        if before.kind is StatedKind.AMOUNT and quotes.of_this_year(before) and measured:
            if before.concept in alike or (subject.key and before.named.key == subject.key):
                return before
    return None


def _named_instead(quotes: Quotes, amount: Quote, change: Quote) -> Named | None:
    """What the words before a change name, where that is something else than the amount it is tied to:
    公务接待费支出决算 比预算无增减变化，比去年增加… after the amount of all three expenses."""
    for clause in reversed(_CLAUSE_END.split(quotes.before(change))[-4:]):
        name = _COMPARED.split(clause)[0]
        if any(character.isdigit() for character in name):
            return None
        found = named(name) if name else None
        if found is not None and found.concept:
            side = amount.concept in _SIDES.get(found.concept, ()) or found.concept in _SIDES.get(amount.concept, ())
            same = found.concept == amount.concept or is_short_for(found.concept, amount.concept)
            return None if same or side else found
    return None


def direction(quote: Quote) -> int:
    """1 for more, −1 for less; 负增长 is less."""
    return -1 if "负增长" in quote.figure.label else quote.figure.direction


def change_beside(quotes: Quotes, growth: Quote) -> Quote | None:
    """The change that the growth expresses in per cent: the one named just before it, about the same amount."""
    if growth.position == 0:
        return None
    before = quotes.all[growth.position - 1]
    if before.kind is StatedKind.CHANGE and before.figure.unit != "个百分点":
        return before
    after = quotes.all[growth.position + 1] if growth.position + 1 < len(quotes.all) else growth
    beside = after.kind is StatedKind.CHANGE and after.figure.unit != "个百分点"
    if not beside or after.figure.parent != growth.figure.parent or before.kind is StatedKind.GROWTH:
        return None
    return after if _SAID_NEXT.fullmatch(quotes.between(growth, after) or "") else None


def whole_that_fits(quotes: Quotes, current: Quote, change: Quote, growth: Quote) -> Quote:
    """The amount, or the whole that it is the last part of, where change and rate as printed are those of the whole
    (…，其中：基本支出…，项目支出…，同比增加…，增长…)."""
    if _fits(current, change, growth) or not read_figure(change.figure.cell.printed).value:
        return current
    above = quotes.parent(current)
    fellows = quotes.children.get(above.figure.id, ()) if above is not None else ()
    amounts = [one for one in fellows if one.kind is StatedKind.AMOUNT]
    behind_all = all(one.position <= current.position or one.position > growth.position for one in amounts)
    return above if above is not None and behind_all and _fits(above, change, growth) else current


def whole_that_came(quotes: Quotes, current: Quote, previous: Quote, change: Quote) -> Quote:
    """The amount, or the nearest whole over it, where it is that which came from the previous figure by the change, as
    all are printed (…其中：加油…，维修…，保险…，比2030年预算数…减少…, said of what the list takes apart)."""
    found = (one for one in (current, *quotes.roots(current)) if _came(one, previous, change))
    return next(found, current)


def _came(current: Quote, previous: Quote, change: Quote) -> bool:
    figures = [read_figure(one.figure.cell.printed) for one in (current, previous, change)]
    present, before, part = (figure.value for figure in figures)
    if present is None or before is None or part is None or current.kind is not StatedKind.AMOUNT:
        return False
    if not current.figure.unit == previous.figure.unit == change.figure.unit:
        return False
    slack = sum((figure.half_unit for figure in figures), Decimal(0))
    return abs(present - before - (direction(change) or 1) * part) <= slack


def _fits(amount: Quote, change: Quote, growth: Quote) -> bool:
    """Whether the rate as printed is that of the change of an amount."""
    present, part, rate = (read_figure(one.figure.cell.printed) for one in (amount, change, growth))
    if present.value is None or part.value is None or rate.value is None or amount.figure.unit != change.figure.unit:
        return False
    before = present.value - (direction(change) or 1) * part.value
    return bool(before) and abs(100 * part.value / before - rate.value) <= 2 * rate.half_unit


def previous_beside(quotes: Quotes, current: Quote, until: Quote) -> Quote | None:
    """The figure of the year before that the text quotes between an amount and what it says of its change; of a class
    also one before the amount, if it is what the change names (比2030年预算执行数减少)."""
    base = _BASE_YEAR.search(until.figure.label)
    nearest = quotes.all[until.position - 1]
    if nearest.figure.parent == current.figure.id and _BUDGET_BESIDE.search(nearest.figure.label):
        return nearest if nearest.kind is StatedKind.AMOUNT else None
    if _is_measure_of(quotes, current, nearest, until):
        return nearest
    begun = quotes.all[current.position - 1] if current.position else current
    if begun.kind is StatedKind.AMOUNT and _CHANGED_TO.match(quotes.between(begun, current) or ""):
        return begun if current.named.key and begun.named.key.endswith(current.named.key) else None
    for quote in quotes.all[current.position + 1 : until.position]:
        if quote.kind is not StatedKind.AMOUNT or quotes.of_this_year(quote) or not quotes.of_this_year(current):
            continue
        if quote.figure.parent == current.figure.id and quote.concept in ("", current.concept):
            return quote
        if quote.named.key == current.named.key and quote.position == current.position + 1 and _is_base(quote, base):
            return quote
    if base is not None and current.position:
        before = quotes.all[current.position - 1]
        alike_before = before.named.key == current.named.key and before.figure.unit == current.figure.unit
        if alike_before and before.figure.year == int(base["year"]) and before.kind is current.kind:
            return before if _is_base(before, base) and before.figure.parent != current.figure.id else None
    if base is None or "/" not in current.named.key:
        return None
    near = quotes.all[max(current.position - _LOOK_BACK, 0) : until.position]
    alike = [one for one in near if one.kind is StatedKind.AMOUNT and one.named.key == current.named.key]
    of_base = [one for one in alike if one.figure.year == int(base["year"]) and _is_base(one, base)]
    return of_base[-1] if of_base and current not in of_base else None


def _is_measure_of(quotes: Quotes, current: Quote, base: Quote, change: Quote) -> bool:
    """Whether an amount right before a change is what its sentence measures `current` against
    (决算数3万元，比年初预算数4万元减少)."""
    if base.kind is not StatedKind.AMOUNT or base is current or not quotes.compared(base):
        return False
    words = quotes.between(base, change)
    alike = base.figure.parent == current.figure.id or (base.concept and base.concept == current.concept)
    return bool(alike) and words is not None and _CLAUSE_END.search(words[1:]) is None


def _is_base(quote: Quote, base: re.Match[str] | None) -> bool:
    """Whether a figure measures what a change names as its base: a budget, or how it was executed."""
    return base is None or ("执行" in quote.figure.label) == ("执行" in base.group())
