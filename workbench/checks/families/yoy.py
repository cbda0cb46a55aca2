"""Changes against another year: growth recomputed from change and current figure, change from both years' figures,
directions that contradict each other. The previous year's figure is derived where it is not printed: current − change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import all_printed
from workbench.checks.families.quoted.amounts import Quote, Quotes, from_text
from workbench.fiscal.concepts import Named, named
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind, Table

_LOOK_BACK = 6
_SIDES = {
    "income_and_expenditure": ("income", "expenditure"),
    "fiscal_income_and_expenditure": ("fiscal_income", "fiscal_expenditure"),
}
"""What a change of both sides may be said about: either of them."""
_TOTALS = frozenset({"income_and_expenditure", "income", "year_income", "expenditure", "year_expenditure"})
_CLAUSE_END = re.compile(r"[，,；;：:。]")
_COMPARED = re.compile(r"[比较]|与|同比|增加|减少|增长|下降|降低|上升|无增减|持平")
_CHANGE_WORDS = re.compile(
    r"(?:各|均)?(?:[比较与同].*)?(?:增加|减少|增长|下降|降低|上升|提高|压减|压缩|削减|调增|调减|增支|减支)(?:额|数)?$"
)
_PREVIOUS = re.compile(r"(?:上一?年度?|去年)|(?:20\d\d)年度?")
_MAY_BE_CHANGE = re.compile(r"[增减升降变差]")
_BUDGET_BESIDE = re.compile(r" (?:年初|全年|调整后?|当年)?预算(?:数|额)?$")
_BASE_YEAR = re.compile(r"[比较与同](?P<year>20\d\d)(?:年度?)?(?:预算|决算)?(?:执行)?")
_OTHER_YEARS = re.compile(r"上一?年|去年")
_SAID_NEXT = re.compile(r"[，,、]?(?:增加|减少|增收|减收|增支|减支|净增|增|减)(?:了|额)?")
_SAME = re.compile(r"(?:基本)?(?:持平|一致|相同)")
_CHANGE_HEAD = re.compile(
    r"增减(?:变化)?(?:额|数|金额|情况)?|(?:比上年|较上年|同比)?增(?:加|长)?[(（]?[+＋]?[)）]?、?减(?:少)?.{0,4}(?:额|数|金额)?|增减额.*|差额"
)
_GROWTH_HEAD = re.compile(
    r".*(?:增减|增长|变动|升降|下降)(?:变化)?(?:率|幅度?|比例|百分比|[(（]?[%％][)）]?).*|增减[%％]|增幅.*"
)


def build(context: Context) -> Iterator[Check]:
    """Changes and growth in the text, and change columns of tables."""
    yield from from_text(context, "changes against another year", _stated_changes)
    yield from context.by_table("changes against another year", context.document.tables, _change_columns)


def _stated_changes(context: Context, quotes: Quotes) -> Iterator[Check]:
    for quote in quotes.all:
        if quote.kind is StatedKind.GROWTH:
            yield from _growth(context, quotes, quote)
        elif quote.kind is StatedKind.CHANGE:
            yield from _from_to(context, quotes, quote)
        elif quote.kind is StatedKind.AMOUNT and quote.figure.parent and not quotes.of_this_year(quote):
            yield from _unchanged(context, quotes, quote)


def _amount_of(quotes: Quotes, quote: Quote) -> Quote | None:
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
        measured = not subject.measure or quotes.measure(before) == quotes.measure_of(subject)
        if before.kind is StatedKind.AMOUNT and quotes.of_this_year(before) and measured:
            if before.concept in alike or (subject.key and before.named.key == subject.key):
                return before
    return None


def _named_instead(quotes: Quotes, amount: Quote, change: Quote) -> Named | None:
    """What the words before a change name, where that is something else than the amount it is tied to: 公务接待费支出决算
    比预算无增减变化，比去年增加… after the amount of all three expenses."""
    for clause in reversed(_CLAUSE_END.split(quotes.before(change))[-4:]):
        name = _COMPARED.split(clause)[0]
        if any(character.isdigit() for character in name):
            return None
        found = named(name) if name else None
        if found is not None and found.concept:
            same = found.concept == amount.concept or amount.concept in _SIDES.get(found.concept, ())
            same = same or found.concept in _SIDES.get(amount.concept, ()) or found.key == amount.named.key
            return None if same else found
    return None


def _direction(quote: Quote) -> int:
    """1 for more, −1 for less; 负增长 is less."""
    return -1 if "负增长" in quote.figure.label else quote.figure.direction


def _change_beside(quotes: Quotes, growth: Quote) -> Quote | None:
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


def _growth(context: Context, quotes: Quotes, growth: Quote) -> Iterator[Check]:
    change = _change_beside(quotes, growth)
    if change is None:
        yield from _growth_of_two_years(context, quotes, growth)
        return
    if _direction(change) * _direction(growth) < 0 and context.amount(change.ref) and context.amount(growth.ref):
        yield context.fact(
            Family.YOY,
            [change.ref, growth.ref],
            Message(
                f"“{change.title}” and “{growth.title}” go the same way.",
                f"“{change.title}”与“{growth.title}”的增减方向应一致。",
            ),
            severity=Severity.ERROR,
        )
        return
    current = _amount_of(quotes, growth) or _amount_of(quotes, change)
    if current is None or not (quotes.of_this_year(current) or _in_one_sentence(quotes, current, growth)):
        return
    direction = _direction(change) or 1
    current = _whole_that_fits(quotes, current, change, growth)
    present = quotes.term(current, "whole", 1, change.figure.unit)
    if present is None:
        return
    if direction > 0 and _is_all_new(change, current):
        if context.amount(change.ref) and context.amount(growth.ref) and not _is_new_body(quotes):
            yield _grown_from_nothing(context, current, change, growth)
        return
    yield context.check(
        Family.YOY,
        Relation.RATIO,
        [
            Term(growth.ref, Decimal(1), "share"),
            Term(change.ref, Decimal(1), "part"),
            present,
            Term(change.ref, Decimal(-direction), "whole"),
        ],
        Message(
            f"“{growth.title}” is the change as a percentage of the previous year’s “{current.title}” "
            f"(this year’s figure {'less' if direction > 0 else 'plus'} the change).",
            f"“{growth.title}”等于变动额÷上年数（上年数＝“{current.title}”{'－' if direction > 0 else '＋'}变动额）。",
        ),
        tolerance=_cut_off(growth),
    )


def _whole_that_fits(quotes: Quotes, current: Quote, change: Quote, growth: Quote) -> Quote:
    """The amount, or the whole that it is the last part of, where change and rate as printed are those of the whole
    (…，其中：基本支出…，项目支出…，同比增加…，增长…)."""
    if _fits(current, change, growth):
        return current
    above = quotes.parent(current)
    fellows = quotes.children.get(above.figure.id, ()) if above is not None else ()
    amounts = [one for one in fellows if one.kind is StatedKind.AMOUNT]
    behind_all = len(amounts) > 1 and amounts[-1] is current
    return above if above is not None and behind_all and _fits(above, change, growth) else current


def _fits(amount: Quote, change: Quote, growth: Quote) -> bool:
    """Whether the rate as printed is that of the change of an amount."""
    present, part, rate = (one.figure.cell.figure for one in (amount, change, growth))
    if present.value is None or part.value is None or rate.value is None or amount.figure.unit != change.figure.unit:
        return False
    before = present.value - (_direction(change) or 1) * part.value
    return bool(before) and abs(100 * part.value / before - rate.value) <= 2 * rate.half_unit


def _is_all_new(change: Quote, current: Quote) -> bool:
    """Whether an increase is all of the amount, as both are printed."""
    one, other = change.figure.cell.figure, current.figure.cell.figure
    return bool(one.value) and one.value == other.value and change.figure.unit == current.figure.unit


def _is_new_body(quotes: Quotes) -> bool:
    """Whether all that the report is about began this year, so that everything in it grew from nothing."""
    return any(
        change.kind is StatedKind.CHANGE
        and amount is not None
        and amount.concept in _TOTALS
        and _is_all_new(change, amount)
        for change in quotes.all
        for amount in (quotes.parent(change),)
    )


def _grown_from_nothing(context: Context, current: Quote, change: Quote, growth: Quote) -> Check:
    return context.fact(
        Family.YOY,
        (growth.ref, change.ref, current.ref),
        Message(
            f"“{current.title}” grew by all of its amount, so there was nothing the year before and “{growth.title}” has no value.",
            f"“{current.title}”的增加额等于其全部金额，上年数为零，“{growth.title}”无从计算。",
        ),
        severity=Severity.NOTE,
    )


def _in_one_sentence(quotes: Quotes, current: Quote, growth: Quote) -> bool:
    """Whether an amount of another year stands with its own change in one sentence, so that all three are of that year."""
    words = quotes.between(current, growth)
    return words is not None and "。" not in words and not _OTHER_YEARS.search(current.figure.label)


def _cut_off(growth: Quote) -> Decimal:
    """What a rate may fall short of the true one that was cut off behind its last place, and not rounded."""
    return growth.figure.cell.figure.half_unit


def _previous_beside(quotes: Quotes, current: Quote, until: Quote) -> Quote | None:
    """The figure of the year before that the text quotes between an amount and what it says of its change; of a class
    also one before the amount, if it is what the change names (比2030年预算执行数减少)."""
    base = _BASE_YEAR.search(until.figure.label)
    nearest = quotes.all[until.position - 1]
    if nearest.figure.parent == current.figure.id and _BUDGET_BESIDE.search(nearest.figure.label):
        return nearest if nearest.kind is StatedKind.AMOUNT else None
    for quote in quotes.all[current.position + 1 : until.position]:
        if quote.kind is not StatedKind.AMOUNT or quotes.of_this_year(quote) or not quotes.of_this_year(current):
            continue
        if quote.figure.parent == current.figure.id and quote.concept in ("", current.concept):
            return quote
        if quote.named.key == current.named.key and quote.position == current.position + 1 and _is_base(quote, base):
            return quote
    if base is None or "/" not in current.named.key:
        return None
    near = quotes.all[max(current.position - _LOOK_BACK, 0) : until.position]
    alike = [one for one in near if one.kind is StatedKind.AMOUNT and one.named.key == current.named.key]
    of_base = [one for one in alike if one.figure.year == int(base["year"]) and _is_base(one, base)]
    return of_base[-1] if of_base and current not in of_base else None


def _is_base(quote: Quote, base: re.Match[str] | None) -> bool:
    """Whether a figure measures what a change names as its base: a budget, or how it was executed."""
    return base is None or ("执行" in quote.figure.label) == ("执行" in base.group())


def _growth_of_two_years(context: Context, quotes: Quotes, growth: Quote) -> Iterator[Check]:
    current = _amount_of(quotes, growth)
    previous = _previous_beside(quotes, current, growth) if current is not None else None
    if current is None or previous is None:
        return
    term = quotes.term(previous, "previous", 1, current.figure.unit)
    if term is None:
        return
    yield context.check(
        Family.YOY,
        Relation.GROWTH,
        [
            Term(growth.ref, Decimal(_direction(growth) or 1), "growth"),
            Term(current.ref, Decimal(1), "current"),
            term,
        ],
        Message(
            f"“{growth.title}” follows from “{current.title}” and “{previous.title}”.",
            f"“{growth.title}”应由“{current.title}”与“{previous.title}”算得。",
        ),
        tolerance=_cut_off(growth),
    )


def _from_to(context: Context, quotes: Quotes, change: Quote) -> Iterator[Check]:
    """The current figure is the previous one and the change, where the text prints all three."""
    current = _amount_of(quotes, change)
    previous = _previous_beside(quotes, current, change) if current is not None else None
    if current is None or previous is None:
        return
    terms = [
        quotes.term(previous, "part", -1, current.figure.unit),
        quotes.term(change, "part", -(_direction(change) or 1), current.figure.unit),
    ]
    if any(term is None for term in terms):
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(current.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"“{current.title}” is “{previous.title}” and the change “{change.title}”.",
            f"“{current.title}”等于“{previous.title}”加减“{change.title}”。",
        ),
    )


def _unchanged(context: Context, quotes: Quotes, previous: Quote) -> Iterator[Check]:
    """A figure that the text calls unchanged (与2030年预算数3万元持平) is the one it is compared with."""
    current = _amount_of(quotes, previous)
    if current is None or not _SAME.match(quotes.behind(previous, 6)) or not quotes.of_this_year(current):
        return
    term = quotes.term(previous, "right", -1, current.figure.unit)
    if term is None:
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(current.ref, Decimal(1), "left"), term],
        Message(
            f"“{current.title}” is unchanged against “{previous.title}”, as the text says.",
            f"正文称“{current.title}”与“{previous.title}”持平，两数应相等。",
        ),
        severity=Severity.WARNING,
    )


def _change_columns(context: Context, table: Table) -> Iterator[Check]:
    """Columns 上年, 本年, 增减额 and 增减%: the difference and the growth of each row."""
    heads = [column.leaf for column in context.structure(table).columns]
    if not _MAY_BE_CHANGE.search("".join(heads)):
        return
    growth = next((at for at, head in enumerate(heads) if _GROWTH_HEAD.fullmatch(head)), None)
    change = next((at for at, head in enumerate(heads) if _CHANGE_HEAD.fullmatch(head) and at != growth), None)
    years = _two_years(context, table, min(at for at in (growth, change, table.width) if at is not None))
    if years is None or (growth is None and change is None):
        return
    previous, current = years
    for row in range(len(table.rows)):
        if change is not None:
            yield from _difference(context, table, row, current, previous, change)
        if growth is not None:
            yield from _row_growth(context, table, row, current, previous, growth)


def _two_years(context: Context, table: Table, limit: int) -> tuple[int, int] | None:
    """The columns of the previous and of this year before the change columns, if there are just these two."""
    years: list[tuple[int, int]] = []
    for column in range(limit):
        words = "".join(context.structure(table).columns[column].path)
        printed = re.search(r"20\d\d", words)
        if printed:
            years.append((int(printed.group()), column))
        elif re.search(r"上年|去年", words):
            years.append((0, column))
        elif re.search(r"本年|当年|今年", words):
            years.append((1, column))
    if len(years) != 2 or years[0][0] == years[1][0] or abs(years[0][0] - years[1][0]) != 1:
        return None
    years.sort()
    return years[0][1], years[1][1]


def _difference(context: Context, table: Table, row: int, current: int, previous: int, change: int) -> Iterator[Check]:
    refs = [CellRef(table.id, row, column) for column in (change, current, previous)]
    if not all_printed(table, refs):
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(refs[0], Decimal(1), "total"), Term(refs[1], Decimal(-1), "part"), Term(refs[2], Decimal(1), "part")],
        Message(
            f"“{context.label(refs[0])}” is this year’s figure less the previous one.",
            f"“{context.label(refs[0])}”等于本年数减上年数。",
        ),
        severity=Severity.WARNING,
    )


def _row_growth(context: Context, table: Table, row: int, current: int, previous: int, growth: int) -> Iterator[Check]:
    refs = [CellRef(table.id, row, column) for column in (growth, current, previous)]
    if not all_printed(table, refs):
        return
    yield context.check(
        Family.YOY,
        Relation.GROWTH,
        [
            Term(refs[0], Decimal(1), "growth"),
            Term(refs[1], Decimal(1), "current"),
            Term(refs[2], Decimal(1), "previous"),
        ],
        Message(
            f"“{context.label(refs[0])}” follows from the figures of both years.",
            f"“{context.label(refs[0])}”应由两年数字算得。",
        ),
        severity=Severity.WARNING,
    )
