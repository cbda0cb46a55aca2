"""Amounts of running text that one sentence makes of others: the budget of the beginning of the year and what was added
to it, income and what was carried over, an amount told in two units;
and what last year kept against what this year began with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_INITIAL = re.compile(r"年初.*预算|预算(?:安排)?数?$")
_ADDED = re.compile(r"追加|调[增减]|核[增减]|[增压]减|增加|减少|下达")
_LESS = re.compile(r"调减|核减|压减|减少")
_ADJUSTED = re.compile(r"(?:调整后?|全年|最终).*预算")
_PLUS = re.compile(r"^[，,]?(?:加上?|再加上?|另加)")
_TOTAL = re.compile(r".*(?:总|合计|(?<!公)共).*")
_SAME_AMOUNT = re.compile(r"[（(，,]?(?:即|合|折合|约合|约)?[（(]?")
_KEPT = re.compile(
    r"(?:(?P<year>20\d\d)年(?:度|年)?末?|上年末?)(?P<fund>.*?)(?:年末)?结转(?:和|及|与|、)?(?:结余)?(?:资金)?"
)
_BEGAN = re.compile(r"(?:20\d\d年(?:度)?)?(?:年初|(?<!加)上年度?)(?P<fund>.*?)结转(?:和|及|与|、)?(?:结余)?(?:资金)?")
_END_OF_YEAR = re.compile(r"20\d\d年(?:年)?末|上年末|年末")
_SURPLUS = re.compile(
    r"(?:(?:当年|本年|当期|本期)(?:收支)?|(?<!事业|经营|专项|补助)收支(?:相抵|品迭)?(?:后)?[，,]?(?:当年|本年|年终|年末)?)(?:结余|盈余|节余|差额)(?:为)?$"
)
"""What is left of all that came in; the accounts of public bodies tell that of their own business apart (事业收支)."""
_OF_ALL = re.compile(r"^(?:全[县市区省]|地方|本级)")
_IN_ALL = re.compile(r"总计|合计|总量")
_AS_A_WHOLE = re.compile(r"(?<=收入|支出)(?:预算|决算)?(?:总计|合计|总额)?$")
_COSTS = re.compile(r"^(?:总费用|费用(?:总计|合计|总额))$")
_NAMELESS = re.compile(r"支出(?:为|是)?\d")
_WITHIN = 12


def carried(context: Context, quotes: Quotes) -> Iterator[Check]:
    """What sentences make of amounts."""
    amounts = [quote for quote in quotes.all if quote.kind in (StatedKind.AMOUNT, StatedKind.CHANGE)]
    for place, quote in enumerate(amounts):
        yield from _in_two_units(context, quotes, quote)
        yield from _adjusted(context, quotes, _outside_brackets(quotes, amounts[place : place + _WITHIN])[:4])
        yield from _with_what_was_added(context, quotes, amounts[place : place + _WITHIN])
        yield from _surplus(context, quotes, quote)
    yield from _from_year_to_year(context, quotes)


def _outside_brackets(quotes: Quotes, run: Sequence[Quote]) -> list[Quote]:
    """The amounts without those in brackets behind the first, which say more about another one."""
    words = [(one, (quotes.between(run[0], one) or "").replace("(", "（").replace(")", "）")) for one in run[1:]]
    return [run[0], *(one for one, before in words if before.count("（") <= before.count("）"))]


def _in_two_units(context: Context, quotes: Quotes, first: Quote) -> Iterator[Check]:
    """An amount and in brackets the same in another unit (5,600,000.00元（560.00万元）)."""
    other = quotes.all[first.position + 1] if first.position + 1 < len(quotes.all) else first
    if other.kind is not first.kind or other.figure.unit == first.figure.unit:
        return
    words = quotes.between(first, other)
    if words is None or not words or not _SAME_AMOUNT.fullmatch(words) or other.named.key != first.named.key:
        return
    term = quotes.term(other, "right", -1, first.figure.unit)
    if term is None or ("（" in words.replace("(", "（")) != quotes.behind(other, 1).startswith(("）", ")")):
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(first.ref, Decimal(1), "left"), term],
        Message(
            f"“{first.title}” is the same amount in {first.figure.unit} and in {other.figure.unit}.",
            f"“{first.title}”以{first.figure.unit}和{other.figure.unit}表示的金额一致。",
        ),
        key=("unit", other.figure.unit),
    )


def _adjusted(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """年初预算 and what was added on the way make the adjusted budget."""
    first = run[0]
    end = next((at for at, one in enumerate(run) if at > 1 and _ADJUSTED.search(one.figure.label)), None)
    if end is None or not _INITIAL.search(first.figure.label) or _ADJUSTED.search(first.figure.label):
        return
    steps, total = run[1:end], run[end]
    if not all(_ADDED.search(one.figure.text) for one in steps) or not quotes.in_one_sentence(first, total):
        return
    parts = [quotes.term(one, "part", 1 if _LESS.search(one.figure.text) else -1, total.figure.unit) for one in steps]
    yield from _sum(context, quotes, total, first, parts)


def _with_what_was_added(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """A，加上B，总收入C."""
    first = run[0]
    if len(run) < 3 or not _PLUS.match(quotes.between(first, run[1]) or ""):
        return
    end = next((at for at, one in enumerate(run) if at > 1 and _TOTAL.fullmatch(label_key(one.figure.label))), None)
    added = run[: end + 1] if end is not None else ()
    if end is None or any(one.kind is not StatedKind.AMOUNT or quotes.parent(one) is not None for one in added):
        return
    total = run[end]
    if quotes.in_one_sentence(first, total):
        parts = [quotes.term(one, "part", -1, total.figure.unit) for one in run[1:end]]
        yield from _sum(context, quotes, total, first, parts)


def _surplus(context: Context, quotes: Quotes, left: Quote) -> Iterator[Check]:
    """What income leaves over expenditure in the year (基金收入9万元，基金支出8万元，当年结余1万元;
    收支相抵，结余1万元)."""
    if not says_surplus(quotes, left) or quotes.parent(left) is not None:
        return
    tops = (
        one
        for one in reversed(quotes.amounts[: quotes.amounts.index(left)])
        if quotes.parent(one) is None and quotes.of_this_year(one) and not quotes.compared(one)
    )
    before = list(islice(tops, _WITHIN))
    if before and _NAMELESS.match(before[0].figure.text) and not before[0].named.key.startswith("支出"):
        # 某基金收入9万元，支出8万元: whose expenditure it is, its place alone says.
        return
    spent = next((one for one in before if _flow_name(one).endswith("支出")), None)
    income = next((one for one in before if spent is not None and _are_two_sides(one, spent)), None)
    term = quotes.term(spent, "part", 1, left.figure.unit) if spent is not None else None
    if income is not None and term is not None:
        yield from _sum(context, quotes, left, income, [term], Severity.WARNING)


def says_surplus(quotes: Quotes, left: Quote) -> bool:
    """Whether words say that an amount is what income leaves over expenditure (收支相抵，年终结余)."""
    return _SURPLUS.search(quotes.before(left)) is not None


def _are_two_sides(income: Quote, spent: Quote) -> bool:
    """Whether what came in is told of the same as what went out: both in all (收入总计, 支出总计) or neither."""
    stem, whole = _flow_name(spent).removesuffix("支出"), _IN_ALL.search(spent.named.key) is not None
    if (_IN_ALL.search(income.named.key) is not None) is not whole:
        return False
    return _flow_name(income) == f"{stem}收入" or (whole and _flow_name(income) == "收入")


def _flow_name(quote: Quote) -> str:
    """What comes in or goes out, without what all of it is called (支出总计, 支出预算 and 支出 are one; 总费用 is the
    总支出 of bodies that keep accounts of costs)."""
    return _COSTS.sub("总支出", _AS_A_WHOLE.sub("", _OF_ALL.sub("", quote.named.key)))


def surplus_of(quotes: Quotes) -> Quote | None:
    """What the text says is left of income after expenditure, where it is more than nothing."""
    found = (one for one in quotes.amounts if quotes.parent(one) is None and says_surplus(quotes, one))
    return next((one for one in found if read_figure(one.figure.cell.printed).value), None)


def _sum(
    context: Context,
    quotes: Quotes,
    total: Quote,
    first: Quote,
    parts: Sequence[Term | None],
    severity: Severity = Severity.ERROR,
) -> Iterator[Check]:
    begin = quotes.term(first, "part", -1, total.figure.unit)
    terms = [term for term in (begin, *parts) if term is not None]
    if len(terms) <= len(parts):
        return
    names = [f"“{context.label(term.ref).replace('“', '').replace('”', '')}”" for term in terms]
    signs = [("less", "减") if term.coefficient > 0 else ("plus", "加") for term in terms[1:]]
    made = names[0] + "".join(f" {sign} {name}" for (sign, _), name in zip(signs, names[1:], strict=True))
    made_zh = names[0] + "".join(f"{sign}{name}" for (_, sign), name in zip(signs, names[1:], strict=True))
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(total.ref, Decimal(1), "total"), *terms],
        Message(
            f"In the text, “{total.title}” is {made}.",
            f"正文中，“{total.title}”等于{made_zh}。",
        ),
        key=("made of",),
        severity=severity,
    )


def _from_year_to_year(context: Context, quotes: Quotes) -> Iterator[Check]:
    """What was left at the end of last year is what this year began with."""
    for kept in quotes.amounts:
        year = quotes.own(kept).fiscal_year
        said = _KEPT.search(label_key(kept.figure.text))
        last_year = said is not None and _END_OF_YEAR.search(kept.figure.text) and kept.figure.year == (year or 0) - 1
        if said is None or not last_year:
            continue
        for began in quotes.all[max(kept.position - _WITHIN, 0) : kept.position + _WITHIN]:
            start = _BEGAN.search(label_key(began.figure.text)) if began.kind is StatedKind.AMOUNT else None
            if start is None or began is kept or began.figure.year == kept.figure.year:
                continue
            if _fund(start["fund"]) == _fund(said["fund"]) and began.figure.unit == kept.figure.unit:
                yield _same(context, kept, began)
                break


def _fund(words: str) -> str:
    return re.sub(r"[的度年末]|资金", "", words)


def _same(context: Context, kept: Quote, began: Quote) -> Check:
    return context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(began.ref, Decimal(1), "left"), Term(kept.ref, Decimal(-1), "right")],
        Message(
            f"“{began.title}” is what the year before ended with (“{kept.title}”).",
            f"“{began.title}”等于上年年末数（“{kept.title}”）。",
        ),
        key=("carried over",),
        severity=Severity.WARNING,
    )
