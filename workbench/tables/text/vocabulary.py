"""What is known of the words in table headers, for text that lost its layout. The words are in vocabulary.toml
(`listed_words.py`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from workbench.model.amount import match_key
from workbench.tables.text.listed_words import head_key, listed, without_asides

_PART = re.compile(r"^其中:(?=.)")
_TOTAL = re.compile(r"(?<=.)(?:合计|小计)$")
_APART_BEGINS = re.compile(r"[12\[(]")
_NOT_COMPARED = re.compile(r"[\W\d_]")
"""With none of these a label is compared as it stands."""

_YEAR = re.compile(r"^(?:19|20)\d\d年(?:度)?$")
_YEAR_BEHIND = re.compile(r"(?<=[^比较至到-])(?:19|20)\d\d年(?:度)?$|^(?:(?:19|20)\d\d年){2}")
"""A year behind a label, or behind another year, is another label: it stands before what it is of."""
_ANY_YEAR = re.compile(r"(?:19|20)\d\d(?:年(?![末初]))?(?:度)?")
_YEAR_WITHIN = re.compile(r"(?<=.)(?:19|20)\d\d年")
_ENDS_AS_BASIS = re.compile(r"(?:预算|决算|执行|实际|完成|支出|收入)数?$")
"""How a label ends that may be another one behind what is set against a year."""
_OPEN_AGAINST = re.compile(r"(?:预算|决算|执行)数?[比较](?:(?:19|20)\d\d年(?:度)?|上年)$")
"""How a label ends that sets a basis of one year against that of another, which may stand on its next line."""
_AMOUNT = "金额"
"""What a label that is a year alone says of its column."""
_LEFT_OVER = re.compile(r"结转|结余")
LEVELS = ("类", "款", "项", "目")

TOTALS = ("合计", "总计", "小计")
"""The labels of totals, of a row as of a column."""
_LONGEST_MADE = 24
"""A label that is made of known words is no longer."""
NEW_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十廿百]+、|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）]|\d{1,2}[.、．](?!\d)|其中[:：]|(?:合|总|小)计$|本年(?:收入|支出|合计)|上年|年初|年末|年终|收入(?:总|合)计|支出(?:总|合)计|结转下年|[加减][:：]|(?:人员|公用|日常公用)经费(?:合|小)计$|总分$|使用非财政|结余分配|因公出国|公务接待费|公务用车(?:购置|运行))"
)
"""How the label of a row begins that is no continuation of the label above."""


def is_listed(text: str) -> bool:
    """Whether the vocabulary lists this label, above one column or several, or it is a year."""
    key = head_key(text)
    if not key:
        return is_year(text)
    made = _is_made(text) and not (sets_against(text) and _ENDS_AS_BASIS.search(key))
    return (key in listed().words or made) and not (_YEAR_BEHIND.search(match_key(text)) and not made)


@lru_cache(maxsize=8192)
def _is_made(text: str) -> bool:
    """Whether a label is made of words that say how a column is filled, what share it is or what it is set against; a
    year stands before it, or behind what it is set against."""
    key = head_key(text)
    if not key or len(key) > _LONGEST_MADE or _YEAR_WITHIN.search(match_key(text)):
        return sets_against(text)
    return bool(listed().made.fullmatch(key)) or sets_against(text)


@lru_cache(maxsize=8192)
def sets_against(text: str) -> bool:
    """Whether a label sets one year or basis against another: 决算数比2021年, 比上年增减."""
    key = match_key(text)
    if len(key) > 2 * _LONGEST_MADE:
        return False
    return bool(listed().changes.fullmatch(without_asides(_ANY_YEAR.sub("〇", key))))


@lru_cache(maxsize=8192)
def is_change(text: str) -> bool:
    """Whether a label says by how much or at what rate something has changed."""
    return bool(listed().change_parts.fullmatch(head_key(text)))


@lru_cache(maxsize=4096)
def is_year(text: str) -> bool:
    """Whether this is a year and nothing else (2021年)."""
    return bool(_YEAR.match(match_key(text)))


@lru_cache(maxsize=8192)
def is_known(text: str) -> bool:
    """Whether this is a label that is known to stand in headers: a listed one, one with a part of it or its total named
    (其中:人员支出, 支出合计), or one of where money comes from (单位资金结余). Of words that may be labels each by
    itself only listed ones are made."""
    key = head_key(text)
    if not key and is_year(text):
        return True
    part = _PART.sub("", key)
    whole = _TOTAL.sub("", part)
    words = listed().words
    if key in words or (part != key and part in words) or key in listed().sources or _is_made(text):
        return True
    # A total of two labels may name both.
    return whole != part and (
        whole in words or any(whole[:end] in words and whole[end:] in words for end in range(3, len(whole) - 2))
    )


def is_stem(text: str) -> bool:
    """Whether longer labels begin with this one, so that it is likely the beginning of one."""
    return head_key(text) in listed().stems or (sets_against(text) and bool(_OPEN_AGAINST.search(match_key(text))))


def is_weak(text: str) -> bool:
    """Whether this is a label only below its spanner, elsewhere a piece of a name (行政)."""
    return head_key(text) in listed().only_below


def order_of(texts: Sequence[str]) -> dict[str, int]:
    """Where each of these labels stands among those that statements mostly print in one order, by the order that holds
    most of them."""
    keys = {text: head_key(text) for text in texts}
    order = max(listed().orders, key=lambda order: len(set(order).intersection(keys.values())))
    return {text: order.index(key) for text, key in keys.items() if key in order}


def is_leaf(text: str) -> bool:
    """Whether this is a label that is known to stand above one column, whatever else it may be."""
    return head_key(text) in listed().leaves or is_year(text) or _is_made(text)


@lru_cache(maxsize=8192)
def is_known_prefix(text: str) -> bool:
    """Whether a known label begins with this text."""
    return head_key(text) in listed().prefixes


@lru_cache(maxsize=8192)
def may_become_known(text: str) -> bool:
    """Whether a known label may begin with this text, what is not compared (the year, a remark) left open."""
    key = head_key(text)
    return not key or key in listed().prefixes or bool(_APART_BEGINS.search(match_key(text)))


def may_go_on(text: str, more: str) -> bool:
    """Whether a known label may begin with `text` and then with something of `more`: a quick look at one character,
    which is no less sure than a long one at all of them."""
    key, following = match_key(text), match_key(more)
    if _NOT_COMPARED.search(key) or _NOT_COMPARED.search(following):
        return True
    return key + following[:1] in listed().prefixes


def is_spanner(text: str) -> bool:
    """Whether this is a label that is known to stand above several columns; a year may stand above one as well."""
    return head_key(text) in listed().spanners or is_year(text) or sets_against(text)


@lru_cache(maxsize=4096)
def spans_figures(text: str) -> bool:
    """Whether this is a label that is known to stand above several columns of figures and above no others, whatever it
    sounds like (资金来源)."""
    kinds = {column_kind(child) for child in listed().spanners.get(head_key(text), ())}
    return "figure" in kinds and "text" not in kinds


def is_rare_spanner(text: str) -> bool:
    """Whether this is a label below which mostly nothing stands."""
    return head_key(text) in listed().rare_spanners


def may_stand_under(label: str, spanner: str) -> bool:
    """Whether `label` is known to stand below `spanner`; below a year stands whatever amounts to something."""
    if is_year(spanner):
        return column_kind(label) == "figure" and not is_year(label)
    if sets_against(spanner):
        return is_change(label)
    children = listed().spanners.get(head_key(spanner), frozenset())
    key = head_key(label) or _AMOUNT
    if key in listed().sources and key not in children:
        return _may_be_source_under(key, head_key(spanner))
    return key in children or _PART.sub("", key) in children or (key in LEVELS and spans_levels(spanner))


@lru_cache(maxsize=4096)
def stand_side_by_side(label: str, other: str) -> bool:
    """Whether both labels are known to stand below the same one, neither of them the label of a total."""
    keys = {head_key(label), head_key(other)}
    return len(keys) > 1 and keys.isdisjoint(TOTALS) and any(map(keys.issubset, listed().spanners.values()))


@lru_cache(maxsize=4096)
def _may_be_source_under(key: str, spanner: str) -> bool:
    """Whether a label of where money comes from may stand below one that speaks of all money of a year,
    or of what is left over: 本年收入, 上年结转."""
    stems = listed().source_stems
    if bool(_LEFT_OVER.search(key)) != bool(_LEFT_OVER.search(spanner)) or spanner.startswith(stems):
        return False
    granted = "拨款" not in spanner or key.startswith(("一般公共预算", "政府性基金", "国有资本经营"))
    return granted and not listed().spanners.get(spanner, frozenset()).isdisjoint(stems)


def spans_levels(text: str) -> bool:
    """Whether this is a label of codes, below which their levels may stand (类 款 项)."""
    return head_key(text).endswith(("编码", "代码"))


@lru_cache(maxsize=8192)
def looks_like_label(text: str) -> bool:
    """Whether a text may be a header label: known, or short and ended as header labels are."""
    key = match_key(text)
    return is_known(text) or (
        0 < len(key) <= 24 and bool(listed().label_end.search(key)) and not re.search(r"[。；，]", key)
    )


@lru_cache(maxsize=8192)
def column_kind(text: str) -> str:
    """What stands below a header label: `"text"`, `"figure"`, or `""` where the label does not tell."""
    key = match_key(text)
    if listed().above_texts.search(key) and not re.search(r"(?:金额|数|资金|经费)$|单价|数量", key):
        return "text"
    if listed().above_amounts.search(key) or key in ("数量", "权重", "分值"):
        return "figure"
    return ""


def side_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How labels of the right side of a two-sided statement begin, and those of the left side."""
    return listed().right, listed().left


def is_usually_blank(text: str) -> bool:
    """Whether little stands in a column with this label in most statements (公务用车购置费)."""
    return head_key(text) in listed().usually_blank
