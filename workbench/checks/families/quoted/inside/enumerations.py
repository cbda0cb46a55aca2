"""Numbers of bodies that a sentence goes on to name one by one (下设5个处室，分别是：办公室、…和财务科).

Only lists that say they are whole (分别是, 即, a colon), every item of which is named like a body: other words may hold
a 、 of their own. Where a last item may be two (财务和审计科), either count will do. Behind numbers that a whole is
divided into (单位5个，其中行政单位2个，事业单位3个：…) the names may be those of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes, number_check
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import read_figure
from workbench.model.check import Check
from workbench.model.message import Message

_UNITS = frozenset({"个", "家", "所"})
_LISTED = re.compile(
    r"^[^\d，。；：:（(]{0,12}(?:[（(][^（()）]*[）)])?[，,]?(?:分别(?:是|为)[:：]?|即[:：]?|[:：])(?P<list>[^。；;:：\d]+)[。；;]"
)
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_AND = re.compile(r"以及|和|及|与")
_NOT_ALL = re.compile(r"等|主要|包括|其中")
_FEWEST = 2
_BEHIND = 300


def enumerations(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each number of bodies against the names behind it."""
    for quote in quotes.counts:
        if quote.figure.unit in _UNITS:
            numbers = _named_behind(quotes, quote)
            if numbers:
                yield _check(context, _counted(quotes, quote, numbers), numbers)


def _named_behind(quotes: Quotes, quote: Quote) -> tuple[int, ...]:
    """How many bodies the sentence names, the likelier number first; none where it does not list them."""
    listed = _LISTED.match(quotes.behind(quote, _BEHIND))
    if listed is None or _NOT_ALL.search(listed["list"]):
        return ()
    names = _IN_BRACKETS.sub("", listed["list"]).split("、")
    *_, last = names
    parts = [part for part in _AND.split(last) if part]
    is_body = vocabulary().rows["organisation"].fit
    if len(names) + len(parts) - 1 < _FEWEST or not all(is_body(label_key(name)) for name in (*names[:-1], parts[-1])):
        return ()
    return tuple(dict.fromkeys((len(names) - 1 + len(parts), len(names))))


def _counted(quotes: Quotes, quote: Quote, numbers: tuple[int, ...]) -> Quote:
    """Of a number and the numbers that it is part of that which so many names bear out; the first, where none does."""
    wholes = (one for one in quotes.roots(quote) if one.figure.unit in _UNITS and quotes.in_one_sentence(one, quote))
    return next((one for one in (quote, *wholes) if read_figure(one.figure.cell.printed).value in numbers), quote)


def _check(context: Context, quote: Quote, numbers: tuple[int, ...]) -> Check:
    stated = read_figure(quote.figure.cell.printed).value
    number = next((each for each in numbers if each == stated), numbers[0])
    title = Message(
        f"“{quote.title}” is the number of those that the sentence names: {number}.",
        f"“{quote.title}”的数量与其后所列名称的个数（{number}）一致。",
    )
    return number_check(context, quote, number, title, "enumerated")
