"""Totals behind their parts in running text: 人员经费A万元，公用经费B万元，合计C万元.

The parts are the amounts of the clause right before 合计 that belong to nothing else; 三项合计 says how many they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import but_for_one_slip, make_up_exactly
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.numerals import chinese_number
from workbench.fiscal.vocabulary import class_code
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_OF_SIDE = re.compile(
    r"(?:(?:一般公共|公共财政|政府性基金|国有资本经营)预算)?(?:(?:20\d\d年)?(?:全[县市区省]|本级)?(?:收入|支出|资金来源|资金运用))(?:总计|合计|总量)"
)
_TOTAL = re.compile(
    r"(?:以上|上述)?(?P<count>[两二三四五六七八九])?(?P<what>项|者|类)?(?:合计|总计|共计)(?:金额|支出|收入)?"
)
_CODE = re.compile(r"^\d{3}(?!\d)")
_BROKEN = re.compile(r"[。；;\n]|其中|包括|[比较]上年|分别")
_LOOK_BACK = 16


def totals_behind(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each total that stands behind its parts."""
    for total in quotes.amounts:
        said = _TOTAL.fullmatch(total.figure.label)
        of_side = said is None and _OF_SIDE.fullmatch(total.named.key) is not None
        parts = _parts(quotes, total) if (said is not None or of_side) and not total.figure.parent else []
        if of_side and not (make_up_exactly(quotes, total, parts) or but_for_one_slip(quotes, total, parts)):
            # 收入总计 may be told behind amounts that have nothing to do with it.
            continue
        counted = said["count"] if said is not None else None
        if said is not None and said["what"] == "类":
            parts = _classes_above(quotes, total)
            if not (make_up_exactly(quotes, total, parts) or but_for_one_slip(quotes, total, parts)):
                continue
        if len(parts) < 2 or (counted and chinese_number(counted) != len(parts)):
            continue
        terms = [quotes.term(part, "part", -1, total.figure.unit) for part in parts]
        if any(term is None for term in terms):
            continue
        names = "、".join(f"“{part.title}”" for part in parts)
        yield context.check(
            Family.NARRATIVE,
            Relation.EQUAL,
            [Term(total.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
            Message(
                f"In the text, the total behind {names} is their sum.",
                f"正文中，{names}之后的“{total.title}”等于其和。",
            ),
            key=[part.figure.label for part in parts],
            severity=Severity.WARNING,
        )


def _classes_above(quotes: Quotes, total: Quote) -> list[Quote]:
    """The classes of accounts that the section tells before a total of classes (以上三类合计), items left out."""
    headings = quotes.headings(total)
    before = (one for one in quotes.amounts if one.position < total.position and quotes.headings(one) == headings)
    return [one for one in before if class_code(_CODE.sub("", one.named.key)) is not None]


def _parts(quotes: Quotes, total: Quote) -> list[Quote]:
    """The amounts before a total in its sentence, with their shares; none where one of them belongs to another."""
    found: list[Quote] = []
    behind = total
    for quote in reversed(quotes.all[max(total.position - _LOOK_BACK, 0) : total.position]):
        words = quotes.between(quote, behind)
        if words is None or _BROKEN.search(words):
            break
        behind = quote
        if quote.kind is StatedKind.SHARE:
            continue
        if quote.kind is not StatedKind.AMOUNT or quote.figure.parent or not quotes.of_this_year(quote):
            return []
        found.insert(0, quote)
    return found if len({part.named.key for part in found}) == len(found) else []
