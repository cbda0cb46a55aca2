"""What stands around the figures of running text on its page: the words before and behind, between two of them, the
headings over them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from workbench.checks.context import Context
from workbench.fiscal.characters import is_traditional, simplified
from workbench.fiscal.concepts import Named
from workbench.fiscal.counting import is_rounded_count
from workbench.model.amount import read_figure
from workbench.model.source import Page
from workbench.model.table import CellRef, Document, StatedFigure, StatedKind

_WORDS_BEHIND = 160
_SENTENCE_END = re.compile(r"[。！？]|\n\s*\n|\n(?=\s*[一二三四五六七八九十\d（(]{1,4}[、.．）)])")
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:(?P<part>第[一二三四五六七八九十]+部分)|(?P<section>[（(])?[一二三四五六七八九十]{1,3}[、）)])"
    r"(?:[^\n。，；\d]{0,24}20\d\d[ \t\u3000]*年度?)?[^\n。，；\d]{0,50}"
    r"(?:[。：:]?$|(?<=情况|说明|事项)[。：:])",
    re.MULTILINE,
)
"""A heading on a line of its own, or one that runs into its text and says by its last word that it is one."""
_SHORTEST_HEADING = 6
_WIDE_DIGIT = re.compile(r"[０-９]")
_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ROUGHLY = re.compile(r"(?:约|(?<![最附临邻新])近|接近|逾|超过?|不足|不到|突破|高达)为?\s*$")
_ROUND_DIGITS = 2
_OR_SO = re.compile(
    r"\s*(?:[余多]\s*)?(?:[亿万千百]*元|%|％|[人辆台个])?\s*(?:左右|上下|余|多(?!于|的))|\s*[余多][亿万千百]*元"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One stated figure: its place in the order of the text, and what its label names."""

    position: int
    figure: StatedFigure
    named: Named

    @property
    def concept(self) -> str:
        """The concept that it names, "" for none."""
        return self.named.concept

    @property
    def title(self) -> str:
        """Its label for a sentence that puts it in quotation marks."""
        return self.figure.label.replace("“", "").replace("”", "")

    @property
    def ref(self) -> CellRef:
        """Its cell."""
        return CellRef(self.figure.id, 0, 0)

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last place that the source prints of it; nothing of a number of things, which is exact."""
        figure = read_figure(self.figure.cell.printed)
        exact = self.kind is StatedKind.COUNT and not figure.decimals and not is_rounded_count(self.figure.unit)
        return Decimal(0) if exact else figure.half_unit

    @property
    def kind(self) -> StatedKind:
        """What kind of figure it is."""
        return self.figure.kind


def _pages(document: Document) -> dict[int, Page]:
    """The pages by number, those in traditional characters in simplified ones, with the digits of a keyboard."""
    return {page.number: _comparable(page) for page in document.source.pages}


def _comparable(page: Page) -> Page:
    text = simplified(page.text) if is_traditional(page.text) else page.text
    if _WIDE_DIGIT.search(text):
        text = text.translate(_DIGITS)
    return page if text is page.text else replace(page, text=text)


def _headings(pages: dict[int, Page]) -> list[tuple[int, int, int, str]]:
    found = []
    for number in sorted(pages):
        for match in _HEADING.finditer(pages[number].text):
            words = "".join(match.group().split())
            rank = 0 if match["part"] else 2 if match["section"] else 1
            if not rank or len(words) >= _SHORTEST_HEADING:
                found.append((number, match.start(), rank, words))
    return found


class PageWords:
    """The words of a document's pages around its figures."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._pages = context.once("pages of the text", (context.document.source,), lambda: _pages(context.document))

    def behind(self, quote: Quote, length: int = 60) -> str:
        """The words that follow the figure and its unit on its page, without white space."""
        anchors = quote.figure.cell.anchors
        page = self._pages.get(anchors[-1].page) if anchors else None
        if page is None:
            return ""
        end = anchors[-1].end
        words = "".join(page.text[end : end + 2 * _WORDS_BEHIND].split())
        return words.removeprefix(quote.figure.unit)[:length]

    def before(self, quote: Quote) -> str:
        """The words of its sentence before the figure, without white space."""
        anchors = quote.figure.cell.anchors
        page = self._pages.get(anchors[0].page) if anchors else None
        if page is None:
            return ""
        start = anchors[0].start
        words = page.text[max(start - 2 * _WORDS_BEHIND, 0) : start]
        return "".join(_SENTENCE_END.split(words)[-1].split())

    def line_before(self, quote: Quote) -> str:
        """The words before the figure on its line, without white space."""
        anchors = quote.figure.cell.anchors
        page = self._pages.get(anchors[0].page) if anchors else None
        if page is None:
            return ""
        start = anchors[0].start
        return "".join(page.text[page.text.rfind("\n", 0, start) + 1 : start].split())

    def page_texts(self) -> Iterator[str]:
        """The text of the pages, one after the other."""
        for number in sorted(self._pages):
            yield self._pages[number].text

    def heading(self, quote: Quote) -> str:
        """The last numbered heading (八、…) before the figure, without white space; "" where none is."""
        return next(iter(self.headings(quote)), "")

    def headings(self, quote: Quote) -> tuple[str, ...]:
        """The numbered headings over the figure without white space, the nearest first: （二）…,
        then the 五、… over it."""
        anchors = quote.figure.cell.anchors
        if not anchors:
            return ()
        heads = self._heads
        at = bisect_left(heads, (anchors[0].page, anchors[0].start)) - 1
        return self._chains[at] if at >= 0 else ()

    @cached_property
    def _heads(self) -> list[tuple[int, int, int, str]]:
        """All headings in order: page, place, rank, words."""
        return self.context.once("headings", (self.context.document.source,), lambda: _headings(self._pages))

    @cached_property
    def _chains(self) -> list[tuple[str, ...]]:
        """For each heading itself and those over it."""
        chains: list[tuple[str, ...]] = []
        above: dict[int, str] = {}
        for _, _, rank, words in self._heads:
            above = {one: head for one, head in above.items() if 0 < one < rank} | ({rank: words} if rank else {})
            chains.append(tuple(above[one] for one in sorted(above, reverse=True)))
        return chains

    def between(self, first: Quote, second: Quote) -> str | None:
        """The words between two figures without white space and without the unit of the first; None where they stand
        far apart or on other pages."""
        one, other = first.figure.cell.anchors, second.figure.cell.anchors
        if not one or not other or one[-1].page != other[0].page:
            return None
        start, end = one[-1].end, other[0].start
        if not 0 <= end - start <= 4 * _WORDS_BEHIND:
            return None
        page: Page = self._pages[one[-1].page]
        return "".join(page.text[start:end].split()).removeprefix(first.figure.unit)

    def in_one_sentence(self, one: Quote, other: Quote) -> bool:
        """Whether words stand between two figures, whichever comes first, and neither does a sentence end there nor a
        section begin."""
        first, second = sorted((one, other), key=lambda quote: quote.position)
        if first is second:
            return True
        return "。" not in (self.between(first, second) or "。") and self.headings(first) == self.headings(second)

    def is_rough(self, quote: Quote) -> bool:
        """Whether a figure is given roughly (约1000万元, 近20%, 10万元左右). What has more than two digits before its
        zeros is exact, whatever stands beside it (约13459平方米)."""
        anchors = quote.figure.cell.anchors
        page = self._pages.get(anchors[0].page) if anchors else None
        printed = quote.figure.cell.printed
        digits = re.sub(r"\D", "", printed if "." in printed else printed.rstrip("0")).lstrip("0")
        if page is None or len(digits) > _ROUND_DIGITS:
            return False
        begin, end = anchors[0].start, anchors[-1].end
        before = page.text[max(begin - 6, 0) : begin]
        return _ROUGHLY.search(before) is not None or _OR_SO.match(page.text, end) is not None
