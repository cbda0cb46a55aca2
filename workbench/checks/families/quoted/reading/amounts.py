"""The stated figures of a document as the rules see them: what each names, what it is a part of, what it is said about,
the words behind it, and the cells of the statements that it must equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from workbench.checks.context import Context, ratio_of_units
from workbench.checks.families.quoted.reading.page_words import PageWords, Quote
from workbench.checks.families.quoted.reading.sections import NAMES_NO_FUND, Section, fund_of, meant, section_of
from workbench.fiscal.concepts import Named, named
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family, Relation, Role, Severity, Term
from workbench.model.message import Message
from workbench.model.table import Disclosure, Document, ReportKind, StatedKind, Table

_PLAN_OF = re.compile(r"完成(?:年初|全年|调整后?|年度|当年|本年)*(?:预算|计划|任务)数?|(?:.*[^侵])?占.+")
_LAST_YEAR = re.compile(
    r"^(?:比|较|与|由|从)?(?:上一?年度?|去年)(?!结转|结余|末|底)|上年(?:度)?(?:预算|决算|执行)?数?$"
)
_YEARS_OWN = re.compile(r"本年(?:收入|支出)")
"""What a sentence that goes on calls the income or expenditure of the fund that it began with."""
_MEASURED_AGAINST = re.compile(
    r"(?:^|[，,；;（(])[^，,；;。]{0,40}?(?:比|较|与|同|对比)(?:20\d\d年|上年|去年|年初|全年|调整)[^，,；;。增减]*$"
)
_TWO_PLACES = re.compile(r"\.\d{2,}$")
_FEW_RATES = 3
_BARE_FINAL = re.compile(r"支出决算数?")
"""The final amount of an item whose name was not understood."""


def _quotes(document: Document) -> tuple[Quote, ...]:
    return tuple(Quote(position, figure, named(figure.label)) for position, figure in enumerate(document.stated))


class Quotes(PageWords):
    """All stated figures of a document and how they hang together."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        document = context.document
        self.all = context.once("quotes", (document.stated,), lambda: _quotes(document))
        self.by_id = {quote.figure.id: quote for quote in self.all}

    @cached_property
    def rough(self) -> frozenset[str]:
        """The figures that are given roughly (约1000万元, 近20%, 10万元左右), by their ids. What has more than two
        digits before its zeros is exact, whatever stands beside it (约13459平方米)."""
        return self.context.once(
            "rough figures",
            (self.context.document.stated, self.context.document.source),
            lambda: frozenset(quote.figure.id for quote in self.all if self.is_rough(quote)),
        )

    @cached_property
    def padded(self) -> bool:
        """Whether the rates of change are given to one place less than they are printed with (5.40%, 12.00%):
        nearly all of them end in a zero."""
        rates = [one.figure.cell.printed for one in self.all if one.kind is StatedKind.GROWTH]
        fine = [rate for rate in rates if _TWO_PLACES.search(rate) and rate.strip("0.")]
        return len(fine) >= _FEW_RATES and 4 * sum(rate.endswith("0") for rate in fine) >= 3 * len(fine)

    @cached_property
    def amounts(self) -> tuple[Quote, ...]:
        """The amounts of money."""
        return tuple(quote for quote in self.all if quote.kind is StatedKind.AMOUNT)

    @cached_property
    def counts(self) -> tuple[Quote, ...]:
        """The numbers of things."""
        return tuple(quote for quote in self.all if quote.kind is StatedKind.COUNT)

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
        if not self._is_final(quote):
            return "budget"
        said = next((one.named.measure for one in (quote, *self.roots(quote)) if one.named.measure), "final")
        return "final" if said == "final" else "plan"

    def measure_of(self, name: Named, beside: Quote) -> str:
        """What a name says that is measured, as `measure` tells it of the figure that it stands beside."""
        return "budget" if not self._is_final(beside) else "final" if name.measure == "final" else "plan"

    def _is_final(self, quote: Quote) -> bool:
        return self.own(quote).report is ReportKind.FINAL_ACCOUNT

    def own(self, quote: Quote) -> Document | Disclosure:
        """What it is said in: the document, or the disclosure of the file."""
        document = self.context.document
        return document.disclosures[self.disclosure(quote)] if document.disclosures else document

    def disclosure(self, quote: Quote) -> int:
        """The number of the disclosure of the file that a figure stands in."""
        anchor = next(iter(quote.figure.cell.anchors), None)
        return self.context.document.disclosure_at(anchor.page, anchor.start) if anchor else 0

    def of_this_year(self, quote: Quote) -> bool:
        """Whether it speaks of the year that the document is about, as far as the text tells."""
        year, own = self.own(quote).fiscal_year, quote.figure.year
        if _LAST_YEAR.search(quote.figure.label):
            return False
        return year is None or own is None or own == year

    def compared(self, quote: Quote) -> bool:
        """Whether the words before an amount say that another one is
        measured against it (比2031年年初预算10万元减少)."""
        return _MEASURED_AGAINST.search(self.before(quote)) is not None

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

    def term(self, quote: Quote, role: Role, coefficient: Decimal | int = 1, unit: str = "") -> Term | None:
        """The figure as a term in `unit` (its own where none is given); None where the units do not go together."""
        ratio: Decimal | None = Decimal(1)
        if unit and unit != quote.figure.unit:
            ratio = ratio_of_units(quote.figure.unit, unit)
        return None if ratio is None else Term(quote.ref, Decimal(coefficient) * ratio, role)


def quotes_of(context: Context) -> Quotes:
    """The stated figures of the document of `context`, worked out once."""
    return context.shared("quotes", lambda: Quotes(context))


def number_check(context: Context, quote: Quote, number: int, title: Message, key: str) -> Check:
    """A number of things told in the text against that of those that the document names; `title` says where it does."""
    return context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "value")],
        title,
        key=(key,),
        severity=Severity.WARNING,
        weak=True,
        constant=Decimal(-number),
    )


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
