"""决算数大于预算数 and the like in running text, against the two amounts that the words speak of.

Source: the disclosure template of 部门决算公开 (决算数大于/小于/等于预算数的主要原因). 基本持平 says nothing exact and
is left out; a comparison with 年初预算 is none with a budget that was adjusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_PLAN = r"(?:年初|全年|调整后?|年度|当年|本年)*(?:部门)?预算(?:安排)?(?:数|额)?"
_FINAL = r"(?:支出|收入|实际|本年|年度)*(?:决算|执行)(?:支出)?(?:数|额)?|支出数?"
_COMPARISON = re.compile(
    r"^[。，,；;（(]?(?:其中[:：，]?)?(?:"
    rf"(?:{_FINAL})?(?:与|和|比|较)?(?P<how>大于|高于|超过|多于|超出|未超过?|不超过?|超|小于|低于|少于|等于)(?P<plan>{_PLAN})(?!的?(?:情况|现象|问题|部分))"
    rf"|(?:{_FINAL})?(?:比|较)(?P<base>{_PLAN})(?P<more>增加|减少|增长|下降|增多|降低)(?!额?了?约?为?\d)"
    rf"|{_PLAN}(?P<turned>大于|高于|超过|小于|低于|少于)(?:{_FINAL})"
    rf"|(?:{_FINAL})?(?:与|和|同)(?P<alike>{_PLAN})(?:相比)?(?P<same>持平|一致|相等|相同|保持一致)"
    rf"|(?:{_FINAL})(?:与|和)?{_PLAN}(?P<equal>持平|一致|相等|相同))"
)
_LARGER = frozenset({"大于", "高于", "超过", "多于", "超出", "超", "增加", "增长", "增多"})
_TURNED = frozenset({"小于", "低于", "少于"})
_ADJUSTED = re.compile(r"全年|调整")
_WORDS_BEHIND = 90


def comparisons(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each final amount that the text compares with its budget in words."""
    for final in quotes.amounts:
        if final.named.measure != "final" or final.position == 0:
            continue
        plan = quotes.all[final.position - 1]
        if plan.kind is not StatedKind.AMOUNT or plan.named.measure not in ("initial", "budget"):
            continue
        said = _COMPARISON.match(_after_share(quotes, final))
        if said is None or plan.figure.unit != final.figure.unit or _of_another_budget(said, plan):
            continue
        yield _check(context, final, plan, said)


def _of_another_budget(said: re.Match[str], plan: Quote) -> bool:
    words = said["plan"] or said["base"] or said["alike"] or ""
    return "年初" in words and _ADJUSTED.search(plan.figure.label) is not None


def _check(context: Context, final: Quote, plan: Quote, said: re.Match[str]) -> Check:
    words = said.group().strip("。，,；;（(")
    if said["same"] or said["equal"] or said["how"] == "等于":
        terms = [Term(final.ref, Decimal(1), "left"), Term(plan.ref, Decimal(-1), "right")]
        relation = Relation.EQUAL
        title = Message(
            f"Of “{final.title}” the text says “{words}”, so both are the same.",
            f"正文称“{final.title}”“{words}”，两数应相等。",
        )
    else:
        larger = said["turned"] in _TURNED or (said["how"] or said["more"]) in _LARGER
        more, less = (final, plan) if larger else (plan, final)
        terms = [Term(less.ref, Decimal(1), "part"), Term(more.ref, Decimal(-1), "total")]
        relation = Relation.AT_MOST
        title = _title(final, words, larger=larger)
    return context.check(Family.NARRATIVE, relation, terms, title, key=("comparison",), severity=Severity.WARNING)


def _title(final: Quote, words: str, *, larger: bool) -> Message:
    if larger:
        return Message(
            f"Of “{final.title}” the text says “{words}”, so the budget is at most the final figure.",
            f"正文称“{final.title}”“{words}”，预算数应不大于决算数。",
        )
    return Message(
        f"Of “{final.title}” the text says “{words}”, so the final figure is at most the budget.",
        f"正文称“{final.title}”“{words}”，决算数应不大于预算数。",
    )


def _after_share(quotes: Quotes, final: Quote) -> str:
    """The words behind an amount, past the share of the plan that follows it (，完成年初预算的98%)."""
    words = quotes.behind(final, _WORDS_BEHIND)
    return re.sub(r"^[，,（(]?(?:完成|为|占|达到?)[^，。；]*?[%％][)）]?", "", words)
