"""Which figures of the running text make up another one: known divisions, lists, and whether a list is a whole one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.checks.families.quoted.inside.making_up import (
    but_for_one_slip,
    make_up_exactly,
    makes_up,
    printed_value,
    shares_make_all,
)
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.concepts import Decomposition, concepts, named
from workbench.fiscal.vocabulary import class_code, label_key
from workbench.model.table import StatedKind

_NOT_ALL = re.compile(r"主要|重点|如[:：]|例如|部分")
_NEW_LISTING = re.compile(
    r"(?:收入|支出)(?:预算|决算)?(?:主要)?包括|。其中[:：，]?(?:[（(]?\d{1,2}[)）.、．])?[^\d。；]*(?:[（(]\d{3,7}[)）])?$|以下(?:几个)?方面|按[^，。；]{0,10}(?:分类|划分|用途|性质|功能|构成|类型|(?<!部)分[：:])"
)
_OTHER_EXPENDITURE = re.compile(
    r"(?:事业(?:单位)?)?经营支出|(?:上缴|上解)上级.*支出|对(?:附属|下级)单位.*支出|结转下年.*|其他支出|年末结转.*"
)
_LIST_BEGINS = re.compile(r"如下|以下(?:几个)?方面")
_AND_SO_ON = re.compile(r"^(?:等|等等)")
_ADOPTED_WITHIN = 16
_FUNDS = re.compile(r".*(?:收入|结转|结余|拨款|资金|(?:公共|基金|经营)预算)")
_WITH_INCOME = frozenset({"income", "year_income", "income_and_expenditure", "fiscal_income_and_expenditure"})
_SHARE_OF = re.compile(r"占(?P<whole>[^占比]+)$")
_TOGETHER = {
    "expenditure": ("year_expenditure", "income_and_expenditure"),
    "year_expenditure": ("expenditure", "income_and_expenditure"),
    "income": ("year_income", "income_and_expenditure"),
    "year_income": ("income", "income_and_expenditure"),
}
"""Names of totals that texts put for each other."""
_REST = re.compile(r"其[他它余]")
_VEHICLES = re.compile(r".*(?:车辆|公?车|用车)(?:总数|总量|数量|保有量|数)?")
_KIND_OF_VEHICLE = re.compile(r".+用车|.*[轿客货卡越警囚].*车辆?")
_POSTS = re.compile(r"编制")
_KIND_OF_POST = re.compile(r".*编制(?:人数|数)?")


def listings(quotes: Quotes, parts: Sequence[Quote]) -> Iterator[list[Quote]]:
    """The parts list by list: a whole may be listed twice, by function and by kind of spending."""
    listing: list[Quote] = []
    for part in parts:
        if listing and _NEW_LISTING.search(quotes.between(listing[-1], part) or ""):
            yield listing
            listing = []
        listing.append(part)
    if listing:
        yield listing


def likely_all_of(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> list[Quote] | None:
    """The parts that are all of the whole unless the text leaves out more than what is nothing; None where they need
    not be. Parts of no known kind beside them, 主要 or 等 say that there are more."""
    if not parts or any(part.concept == "" for part in parts):
        return None
    between = quotes.between(whole, parts[0])
    if (
        between is None
        or _NOT_ALL.search(_introduction(between, parts[0]))
        or any(_AND_SO_ON.match(quotes.behind(p, 4)) for p in parts)
    ):
        return None
    for known in concepts().decompositions:
        if known.optional is None or whole.concept not in known.whole:
            continue
        named_parts = [part.concept for part in parts]
        if set(known.parts) <= set(named_parts) <= {*known.parts, *known.optional}:
            return list(parts) if len(set(named_parts)) == len(named_parts) else None
    return None


def decomposition_of(whole: Quote, parts: Sequence[Quote]) -> list[Quote] | None:
    """The parts that are known to be all of the whole; None where they are not all there, or, where they may be those
    of any whole, beside others."""
    for known in concepts().decompositions:
        if known.optional is not None or ("*" not in known.whole and whole.concept not in known.whole):
            continue
        found = [part for part in parts if part.concept in known.parts]
        if {part.concept for part in found} == set(known.parts) and len(found) == len(known.parts):
            if "*" in known.whole and len(parts) > len(found):
                continue
            return _with_siblings(known, found, parts)
    return _opposites(parts)


def _with_siblings(known: Decomposition, found: list[Quote], parts: Sequence[Quote]) -> list[Quote]:
    """基本支出 and 项目支出 with the other kinds of expenditure that the
    same sentence names (经营支出, 上缴上级支出)."""
    if "project" not in known.parts:
        return found
    return [*found, *(part for part in parts if _OTHER_EXPENDITURE.fullmatch(part.named.key))]


def _opposites(parts: Sequence[Quote]) -> list[Quote] | None:
    """Two parts one of which is what the other is not (计容面积, 不计容面积), and what stands between (基本满意)."""
    for one in parts:
        for other in parts:
            if one is not other and other.named.key in (f"不{one.named.key}", f"非{one.named.key}"):
                return [part for part in parts if part.named.key.endswith(one.named.key)]
    return None


def adopted(whole: Quote, quotes: Quotes) -> list[Quote] | None:
    """The parts of a whole that stand behind it without a word that ties them to it."""
    for known in concepts().decompositions:
        if (
            not known.adopt
            or known.optional is not None
            or whole.concept not in known.whole
            or (whole.figure.parent and (whole.concept == "three_public" or known.adopt == "sentence"))
        ):
            continue
        measure = quotes.measure(whole)
        found: dict[str, Quote] = {}
        for quote in quotes.all[whole.position + 1 : whole.position + 1 + _ADOPTED_WITHIN]:
            if quote.concept == whole.concept and quote.kind is whole.kind:
                break
            if quote.kind is not StatedKind.AMOUNT or quote.concept not in known.parts:
                continue
            if known.adopt == "sentence" and not quotes.in_one_sentence(whole, quote):
                break
            if quotes.measure(quote) == measure and quotes.of_this_year(quote):
                found.setdefault(quote.concept, quote)
        if set(found) == set(known.parts) and quotes.of_this_year(whole):
            return list(found.values())
    return None


def is_closed(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether a list names all parts of its whole, so that a sum must hold. A text often takes out some parts only:
    this needs a sign that nothing is left (其他…, shares that make 100, classes or sources of income throughout), or
    that the parts as printed make up the whole; three and more may miss it by a twentieth,
    which no item left out is."""
    said_first = quotes.children.get(whole.figure.id, (parts[0],))[0]
    same = said_first.named.key == parts[0].named.key
    between = quotes.between(whole, said_first if same else parts[0])
    if between is None or any(part.concept and part.concept == whole.concept for part in parts):
        return False
    if _NOT_ALL.search(_introduction(between, said_first if same else parts[0])) or any(
        _AND_SO_ON.match(quotes.behind(part, 4)) for part in parts
    ):
        return False
    if len(parts) == 2 and (_REST.match(parts[1].named.key) or but_for_one_slip(quotes, whole, parts)):
        return True
    if len(parts) < 2 or (len(parts) == 2 and _LIST_BEGINS.search(between) is None):
        return False
    return _says_all(quotes, whole, parts) or makes_up(quotes, whole, parts) or but_for_one_slip(quotes, whole, parts)


def _introduction(between: str, first: Quote) -> str:
    """The words that lead to a list, without the name of its first item (主要领导干部用车 is the name of a kind)."""
    words = between.removesuffix(first.figure.label)[-24:]
    return words.replace("主要用于以下方面", "").replace("主要内容如下", "")


def names_whole(quotes: Quotes, part: Quote, whole: Quote) -> bool:
    """Whether the share said of a part names no other whole (占政府采购预算58.8%) than the one it is tied to."""
    for child in quotes.children.get(part.figure.id, ()):
        said = _SHARE_OF.search(child.figure.label) if child.kind is StatedKind.SHARE else None
        name = label_key(said["whole"]) if said else ""
        if not name or label_key(whole.figure.label).endswith(name):
            continue
        concept = named(name).concept
        if concept and concept != whole.concept and whole.concept not in _TOGETHER.get(concept, ()):
            return False
    return True


def _says_all(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    keys = [part.named.key for part in parts]
    if all("/" in key for key in keys) and _goes_on_elsewhere(quotes, parts):
        return False
    if any(map(_REST.match, keys)):
        return True
    if _VEHICLES.fullmatch(whole.named.key) and all(_KIND_OF_VEHICLE.fullmatch(key) for key in keys):
        return True
    if _POSTS.search(whole.named.key) and all(_KIND_OF_POST.fullmatch(key) for key in keys):
        return True
    if all("/" in key or (key.endswith("支出") and class_code(key) is not None) for key in keys):
        return True
    if whole.concept in _WITH_INCOME and all(_FUNDS.fullmatch(key) for key in keys):
        return True
    return shares_make_all(quotes, parts) is True


def _goes_on_elsewhere(quotes: Quotes, parts: Sequence[Quote]) -> bool:
    """Whether items of the list stand behind something else, where a reader of the page lost their place."""
    last, measure = parts[-1], quotes.measure(parts[-1])
    return any(
        one.named.key.count("/") == 2 and not one.figure.parent and quotes.measure(one) == measure
        for one in quotes.all[last.position + 1 : last.position + _ADOPTED_WITHIN]
        if one.kind is last.kind and quotes.of_this_year(one)
    )


def own_parts(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> list[Quote]:
    """The parts; where others of them make up the whole as printed, these: without what a part before them is made of
    (本年收入 of 收入合计, and its funds), without what goes on in another sentence, or is more than the whole."""
    if make_up_exactly(quotes, whole, parts):
        return list(parts)
    found: list[Quote] = []
    place = 0
    while place < len(parts):
        found.append(parts[place])
        ends = range(len(parts), place + 2, -1)
        place = next((end for end in ends if make_up_exactly(quotes, parts[place], parts[place + 1 : end])), place + 1)
    for end in range(2, len(found)):
        larger = (printed_value(found[end]) or 0) > (printed_value(whole) or 0)
        if (larger or _ends_list(quotes, found[: end + 1])) and make_up_exactly(quotes, whole, found[:end]):
            return found[:end]
    return found if make_up_exactly(quotes, whole, found) else list(parts)


def _ends_list(quotes: Quotes, parts: Sequence[Quote]) -> bool:
    """Whether a list ends before the last of these parts: at the end of a sentence, at a semicolon behind commas."""
    *words, last = [quotes.between(one, other) or "。" for one, other in pairwise(parts)]
    return "。" in last or ("；" in last and not any("；" in each for each in words))
