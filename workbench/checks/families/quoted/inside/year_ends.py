"""What running text says of both ends of a year: what closed one year opened the next, what was left of it, and the two
grand totals (收入总计90万元，支出总计90万元).

Source: 收支总表 of 部门决算: both sides comprise the same money; 年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出
− 结余分配.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.near_misses import comes_out
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_INCOME_TOTAL = re.compile(r".*收入总[计额]")
_EXPENDITURE_TOTAL = re.compile(r".*支出总[计额]")
_OPENING = re.compile(r".*(?:年初|期初|上年(?:度|年)?末?).*结[转余].*")
_CLOSING = re.compile(r".*(?:年末|年终|期末).*(?:结[转余]).*")
_SURPLUS = re.compile(r".*(?:收支)?(?:结余|盈余|差额)")
_AGAINST_OPENING = re.compile(r"[比较]年初")
_THAT_IS = re.compile(r"[，,]?(?:即|也即|亦即|等于|与)(?:为|是)?")
_PLUS = re.compile(r"^[，,；;]?(?:再)?(?:加上?|另加)")
_LESS = re.compile(r"^后?[，,；;]?(?:再)?(?:减去?|扣除|提取|扣减|弥补|剔除|计提|安排|上缴)")
_OF_THE_YEAR = re.compile(r"(?:.*(?:本年|当年|当期|本期))?(?:收支)?(?:结余|盈余|差额|节余)")
_DEBT = re.compile("债务?")
_DEBT_STEPS = tuple(map(re.compile, ("年初|上年末", "新增|举借|发行", "偿还|归还|还本", "年末|余额")))
_WITHIN = 14
_FEWEST_DIGITS = 3
"""Where words name every step, shorter figures tell of a slip."""


def year_ends(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The equations of each sentence."""
    amounts = [one for one in quotes.amounts if not quotes.compared(one)]
    for one, other in pairwise(amounts):
        yield from _same(context, quotes, one, other)
    for change in quotes.all:
        if change.kind is StatedKind.CHANGE and _AGAINST_OPENING.search(change.figure.label):
            yield from _against_opening(context, quotes, change)
    for place in range(len(amounts)):
        yield from _chain(context, quotes, amounts[place : place + 4])
        yield from _left_of_two(context, quotes, amounts[place : place + 3])
        yield from _debt(context, quotes, amounts[place : place + 4])


def _same(context: Context, quotes: Quotes, one: Quote, other: Quote) -> Iterator[Check]:
    """The two grand totals side by side, and what a text says is another amount (…即…)."""
    words = quotes.between(one, other)
    if words is None or "。" in words:
        return
    totals = _INCOME_TOTAL.fullmatch(one.named.key) and _EXPENDITURE_TOTAL.fullmatch(other.named.key)
    ends = _OPENING.fullmatch(one.named.key) and _OPENING.fullmatch(other.named.key) and _THAT_IS.match(words)
    if (totals or ends) and comes_out(quotes, [(one, 1), (other, -1)]):
        terms = [Term(one.ref, Decimal(1), "left"), quotes.term(other, "right", -1, one.figure.unit)]
        title = Message(
            f"In the text, “{one.title}” and “{other.title}” are the same amount.",
            f"正文中，“{one.title}”与“{other.title}”金额相等。",
        )
        yield _equation(context, terms, title)


def _against_opening(context: Context, quotes: Quotes, change: Quote) -> Iterator[Check]:
    """What was left at the end of the year is what it began with and the change (年末结余9万元，比年初增加1万元)."""
    closing = quotes.parent(change)
    if closing is None or not _CLOSING.fullmatch(closing.named.key):
        return
    near = quotes.all[max(closing.position - _WITHIN, 0) : closing.position]
    for opening in reversed(near):
        way = change.figure.direction or 1
        signed = [(closing, 1), (opening, -1), (change, -way)]
        if opening.kind is not StatedKind.AMOUNT or not _OPENING.fullmatch(opening.named.key):
            continue
        if comes_out(quotes, signed):
            title = Message(
                f"“{closing.title}” is “{opening.title}” plus or less the change “{change.title}”.",
                f"“{closing.title}”等于“{opening.title}”加减“{change.title}”。",
            )
            yield _equation(context, _terms(quotes, signed), title)
        return


def _chain(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """收支结余A，加上年初结转B，提取基金C后，年末结转D."""
    if len(run) < 3 or not _SURPLUS.fullmatch(run[0].named.key):
        return
    signed = [(run[0], -1)]
    for before, one in pairwise(run):
        words = quotes.between(before, one)
        if words is None or "。" in words or one.kind is not StatedKind.AMOUNT:
            return
        if _CLOSING.fullmatch(one.named.key) and len(signed) > 1:
            signed.insert(0, (one, 1))
            break
        if not (_PLUS.match(words) or _LESS.match(words)):
            return
        signed.append((one, -1 if _PLUS.match(words) else 1))
    if signed[0][1] > 0 and comes_out(quotes, signed):
        names = "、".join(f"“{one.title}”" for one, _ in signed[1:])
        title = Message(
            f"In the text, “{signed[0][0].title}” is what the sentence makes of {names}.",
            f"正文中，“{signed[0][0].title}”由{names}加减而得。",
        )
        yield _equation(context, _terms(quotes, signed), title)


def _left_of_two(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """某基金收入A，支出B，本年收支结余C, where nothing but its place says whose expenditure it is."""
    if len(run) < 3 or not run[0].figure.label.endswith("收入"):
        return
    if run[1].figure.label.removeprefix(run[0].figure.label).strip() != "支出":
        return
    income, spent, left = run
    if _OF_THE_YEAR.fullmatch(left.named.key) and _side_by_side(quotes, run):
        signed = [(left, 1), (income, -1), (spent, 1)]
        if comes_out(quotes, signed):
            title = Message(
                f"In the text, “{left.title}” is “{income.title}” less “{spent.title}”.",
                f"正文中，“{left.title}”等于“{income.title}”减“{spent.title}”。",
            )
            yield _equation(context, _terms(quotes, signed), title)


def _debt(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """年初债务余额A，当年新增B，当年偿还C，年末余额D."""
    if len(run) < 4 or not _DEBT.search(run[0].named.key) or not _side_by_side(quotes, run):
        return
    names = [one.figure.text for one in run]
    if all(words.search(name) for words, name in zip(_DEBT_STEPS, names, strict=True)):
        opening, borrowed, repaid, closing = run
        signed = [(closing, 1), (opening, -1), (borrowed, -1), (repaid, 1)]
        if comes_out(quotes, signed, fewest=_FEWEST_DIGITS):
            title = Message(
                f"In the text, “{closing.title}” is what was owed before, what was borrowed and less what was repaid.",
                f"正文中，“{closing.title}”等于年初余额加新增减偿还。",
            )
            yield _equation(context, _terms(quotes, signed), title)


def _side_by_side(quotes: Quotes, run: Sequence[Quote]) -> bool:
    """Whether figures stand in one sentence, one after the other."""
    return all(quotes.in_one_sentence(one, other) for one, other in pairwise(run))


def _terms(quotes: Quotes, signed: Sequence[tuple[Quote, int]]) -> list[Term | None]:
    whole = signed[0][0]
    first = Term(whole.ref, Decimal(1), "total")
    return [first, *(quotes.term(one, "part", sign, whole.figure.unit) for one, sign in signed[1:])]


def _equation(context: Context, terms: Sequence[Term | None], title: Message) -> Check:
    kept = [term for term in terms if term is not None]
    return context.check(
        Family.NARRATIVE, Relation.EQUAL, kept, title, key=("year ends",), severity=Severity.WARNING, weak=True
    )
