"""The stated figures of a document as the rules see them: what each names, what it is a part of, what it is said about,
the words behind it, and the cells of the statements that it must equal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from workbench.checks.context import Context, ratio_of_units
from workbench.checks.families.quoted.sections import NAMES_NO_FUND, Section, fund_of, meant, section_of
from workbench.fiscal.characters import is_traditional, simplified
from workbench.fiscal.concepts import Named, named
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Role, Term
from workbench.model.source import Page
from workbench.model.table import CellRef, Document, ReportKind, StatedFigure, StatedKind, Table

_WORDS_BEHIND = 160
_PLAN_OF = re.compile(r"完成(?:年初|全年|调整|年度|年度调整)*预算数?")
_SENTENCE_END = re.compile(r"[。！？]|\n\s*\n|\n(?=\s*[一二三四五六七八九十\d（(]{1,4}[、.．）)])")
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:(?P<part>第[一二三四五六七八九十]+部分)|(?P<section>[（(])?[一二三四五六七八九十]{1,3}[、）)])"
    r"(?:[^\n。，；\d]{0,24}20\d\d年度?)?[^\n。，；\d]{0,50}[。：:]?$",
    re.MULTILINE,
)
_SHORTEST_HEADING = 6
_LAST_YEAR = re.compile(
    r"^(?:比|较|与|由|从)?(?:上一?年度?|去年)(?!结转|结余|末|底)|上年(?:度)?(?:预算|决算|执行)?数?$"
)
_YEARS_OWN = re.compile(r"本年(?:收入|支出)")
"""What a sentence that goes on calls the income or expenditure of the fund that it began with."""
_MEASURED_AGAINST = re.compile(
    r"(?:^|[，,；;（(])[^，,；;。]{0,40}?(?:比|较|与|同|对比)(?:20\d\d年|上年|去年|年初|全年|调整)[^，,；;。增减]*$"
)
_ROUGHLY = re.compile(r"(?:约|(?<![最附临邻新])近|接近|逾|超过?|不足|不到|突破|高达)为?\s*$")
_TWO_PLACES = re.compile(r"\.\d{2,}$")
_FEW_RATES = 3
_ROUND_DIGITS = 2
_OR_SO = re.compile(
    r"\s*(?:[余多]\s*)?(?:[亿万千百]*元|%|％|[人辆台个])?\s*(?:左右|上下|余|多(?!于|的))|\s*[余多][亿万千百]*元"
)
_BARE_FINAL = re.compile(r"支出决算数?")
"""The final amount of an item whose name was not understood."""


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
    def kind(self) -> StatedKind:
        """What kind of figure it is."""
        return self.figure.kind


def _quotes(document: Document) -> tuple[Quote, ...]:
    return tuple(Quote(position, figure, named(figure.label)) for position, figure in enumerate(document.stated))


def _pages(document: Document) -> dict[int, Page]:
    """The pages by number, those in traditional characters in simplified ones."""
    return {
        page.number: replace(page, text=simplified(page.text)) if is_traditional(page.text) else page
        for page in document.source.pages
    }


def _headings(pages: dict[int, Page]) -> list[tuple[int, int, int, str]]:
    found = []
    for number in sorted(pages):
        for match in _HEADING.finditer(pages[number].text):
            words = "".join(match.group().split())
            rank = 0 if match["part"] else 2 if match["section"] else 1
            if not rank or len(words) >= _SHORTEST_HEADING:
                found.append((number, match.start(), rank, words))
    return found


class Quotes:
    """All stated figures of a document and how they hang together."""

    def __init__(self, context: Context) -> None:
        document = context.document
        self.context = context
        self.all = context.once("quotes", (document.stated,), lambda: _quotes(document))
        self.by_id = {quote.figure.id: quote for quote in self.all}
        self._pages = context.once("pages of the text", (document.source,), lambda: _pages(document))
        self._final = document.report is ReportKind.FINAL_ACCOUNT

    @cached_property
    def rough(self) -> frozenset[str]:
        """The figures that are given roughly (约1000万元, 近20%, 10万元左右), by their ids. What has more than two
        digits before its zeros is exact, whatever stands beside it (约13459平方米)."""
        return self.context.once(
            "rough figures",
            (self.context.document.stated, self.context.document.source),
            lambda: frozenset(quote.figure.id for quote in self.all if self._is_rough(quote)),
        )

    @cached_property
    def padded(self) -> bool:
        """Whether the rates of change are given to one place less than they are printed with (5.40%, 12.00%):
        nearly all of them end in a zero."""
        rates = [one.figure.cell.printed for one in self.all if one.kind is StatedKind.GROWTH]
        fine = [rate for rate in rates if _TWO_PLACES.search(rate) and rate.strip("0.")]
        return len(fine) >= _FEW_RATES and 4 * sum(rate.endswith("0") for rate in fine) >= 3 * len(fine)

    def _is_rough(self, quote: Quote) -> bool:
        anchors = quote.figure.cell.anchors
        page = self._pages.get(anchors[0].page) if anchors else None
        printed = quote.figure.cell.printed
        digits = re.sub(r"\D", "", printed if "." in printed else printed.rstrip("0")).lstrip("0")
        if page is None or len(digits) > _ROUND_DIGITS:
            return False
        begin, end = anchors[0].start, anchors[-1].end
        before = page.text[max(begin - 6, 0) : begin]
        return _ROUGHLY.search(before) is not None or _OR_SO.match(page.text, end) is not None

    @cached_property
    def amounts(self) -> tuple[Quote, ...]:
        """The amounts of money."""
        return tuple(quote for quote in self.all if quote.kind is StatedKind.AMOUNT)

    @cached_property
    def children(self) -> dict[str, tuple[Quote, ...]]:
        """By the id of a figure the figures that are parts of it or said about it, in order."""
        found: dict[str, list[Quote]] = {}
        for quote in self.all:
            if quote.figure.parent:
                above = self.parent(quote)
                found.setdefault(above.figure.id if above is not None else quote.figure.parent, []).append(quote)
        return {parent: tuple(quotes) for parent, quotes in found.items()}

    @cached_property
    def plans(self) -> dict[str, Quote]:
        """The budgets that 完成全年预算84万元的73% names, by their id,
        each with the amount that it is the budget of."""
        return {
            quote.figure.id: before
            for before, quote in zip(self.all, self.all[1:], strict=False)
            if _PLAN_OF.fullmatch(label_key(quote.figure.label)) and before.kind is quote.kind is StatedKind.AMOUNT
        }

    def parent(self, quote: Quote) -> Quote | None:
        """What it is a part of or said about: never the budget that an amount is held against, but that amount."""
        own = self.plans.get(quote.figure.id)
        return own or self.plans.get(quote.figure.parent) or self.by_id.get(quote.figure.parent)

    def roots(self, quote: Quote) -> Iterator[Quote]:
        """The wholes above it, nearest first."""
        seen = {quote.figure.id}
        above = self.parent(quote)
        while above is not None and above.figure.id not in seen:
            seen.add(above.figure.id)
            yield above
            above = self.parent(above)

    def measure(self, quote: Quote) -> str:
        """What it measures: "final" or, in a final account, "plan" for the budget it is held against; "budget" in
        any other document. Told by its label, else by its whole, else by what the document is."""
        if not self._final:
            return "budget"
        said = next((one.named.measure for one in (quote, *self.roots(quote)) if one.named.measure), "final")
        return "final" if said == "final" else "plan"

    def measure_of(self, name: Named) -> str:
        """What a name says that is measured, as `measure` tells it of a figure."""
        return "budget" if not self._final else "final" if name.measure == "final" else "plan"

    def of_this_year(self, quote: Quote) -> bool:
        """Whether it speaks of the year that the document is about, as far as the text tells."""
        year, own = self.context.document.fiscal_year, quote.figure.year
        if _LAST_YEAR.search(quote.figure.label):
            return False
        return year is None or own is None or own == year

    def compared(self, quote: Quote) -> bool:
        """Whether the words before an amount say that another one is
        measured against it (比2031年年初预算10万元减少)."""
        return _MEASURED_AGAINST.search(self.before(quote)) is not None

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

    def section(self, quote: Quote) -> Section:
        """What the section is about in which a figure stands."""
        return section_of(self.headings(quote))

    def meaning(self, quote: Quote) -> str:
        """The concept of a figure at its place: 本年支出 of a section on one fund, or under an amount of it,
        is the fund's."""
        if quote.concept not in NAMES_NO_FUND:
            return quote.concept
        above = next((fund for root in self.roots(quote) if (fund := fund_of(root.concept))), "")
        if not above and _YEARS_OWN.fullmatch(quote.named.key):
            above = section_of((self.before(quote),)).fund
        if not above and _BARE_FINAL.fullmatch(quote.figure.label):
            return ""
        return meant(quote.concept, above or self.section(quote).fund)

    def whole_concept(self, quote: Quote) -> str:
        """What a figure is a part of: the nearest named whole above it, else what its section takes apart."""
        named_above = next((self.meaning(root) for root in self.roots(quote) if root.concept), "")
        return named_above or ("" if quote.figure.parent else self.section(quote).whole)

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

    def term(self, quote: Quote, role: Role, coefficient: Decimal | int = 1, unit: str = "") -> Term | None:
        """The figure as a term in `unit` (its own where none is given); None where the units do not go together."""
        ratio: Decimal | None = Decimal(1)
        if unit and unit != quote.figure.unit:
            ratio = ratio_of_units(quote.figure.unit, unit)
        return None if ratio is None else Term(quote.ref, Decimal(coefficient) * ratio, role)


def quotes_of(context: Context) -> Quotes:
    """The stated figures of the document of `context`, worked out once."""
    return context.shared("quotes", lambda: Quotes(context))


def from_text(
    context: Context, name: Hashable, build: Callable[[Context, Quotes], Iterable[Check]], *tables: Table
) -> tuple[Check, ...]:
    """The checks that follow from the running text and from these tables alone;
    none on a figure that is given roughly."""

    def exact() -> Iterator[Check]:
        quotes = quotes_of(context)
        for check in build(context, quotes):
            if quotes.rough.isdisjoint(term.ref.table for term in check.terms):
                yield check

    return context.checks_once(name, (context.document.stated, *tables), exact)
