"""An equation as the review screen shows it: term by term in words, and by a sign in each of its cells."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.check import Check, CheckResult, Relation, Term
from workbench.model.table import CellRef, Document
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.models.places import place_words, table_words
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.text_pane import Paragraph, paragraph

HEAD_ROLES = ("total", "left", "whole", "product", "growth", "share")
"""Roles of terms that a check speaks against first: what the others make."""
_MOST_TERMS = 60
_DIGITS_OF_TOLERANCE = 3


def amount(value: Decimal | None, *, signed: bool = False) -> str:
    """A number as written in equations."""
    if value is None:
        return ""
    text = f"{value:,f}"
    if "." in text:
        whole, _, fraction = text.partition(".")
        text = f"{whole}.{fraction.rstrip('0'):0<2}"
    return f"+{text}" if signed and value > 0 else text


def rule_words(name: str, say: Phrasebook) -> str:
    """The name of a rule: a family in the language of the interface, a user's rule as they named it."""
    return say(f"family.{name}") if f"family.{name}" in CATALOGUE else name


def parts_of(check: Check) -> dict[CellRef, str]:
    """What each cell is in the equation: `=` what the others make, `+` and `-` its parts, `∙` where no sum is meant."""
    head = next((term for term in check.terms if term.role in HEAD_ROLES), None)
    if check.relation not in (Relation.EQUAL, Relation.AT_MOST) or head is None:
        return dict.fromkeys((term.ref for term in check.terms), sign("∙"))
    against = -1 if head.coefficient > 0 else 1
    parts = {term.ref: "+" if term.coefficient * against > 0 else "-" for term in check.terms}
    return parts | {head.ref: "="}


def equation_paragraphs(
    result: CheckResult, document: Document, say: Phrasebook, number: int, total: int
) -> list[Paragraph]:
    """An equation term by term, then what is expected, printed and the difference."""
    check = result.check
    look = glyphs.OUTCOME[result.outcome]
    parts = [
        Paragraph(
            (
                Span(say("detail.equation", number=number, total=total) + " ", "accent", bold=True),
                Span(f"{sign(look.sign)} {say(look.word)}", look.role, bold=True),
                Span(f" {rule_words(check.name, say)}", "quiet"),
            )
        ),
        paragraph(say.of(check.title), "quiet"),
    ]
    head = next((term for term in check.terms if term.role in HEAD_ROLES), None)
    home = next((term.ref.table for term in ([head] if head else check.terms)), "")
    ordered = ([head] if head else []) + [term for term in check.terms if term is not head]
    parts += [_term_paragraph(term, head, document, say, home) for term in ordered[:_MOST_TERMS]]
    if len(ordered) > _MOST_TERMS:
        parts.append(paragraph(f"  (+{len(ordered) - _MOST_TERMS})", "quiet"))
    parts += balance_paragraphs(result, say)
    note = result.note or check.note
    if note is not None:
        parts.append(paragraph(say.of(note), "quiet"))
    return parts


def _term_paragraph(term: Term, head: Term | None, document: Document, say: Phrasebook, home: str) -> Paragraph:
    try:
        text = document.cell(term.ref).text
    except (KeyError, IndexError):
        text = ""
    factor = ""
    if term is head:
        lead = " "
    elif head is not None:
        ratio = -term.coefficient / head.coefficient if head.coefficient else Decimal(1)
        lead = "-" if ratio < 0 else "+"
        if abs(ratio) != 1:
            factor = f" × {amount(abs(ratio))}"
    else:
        lead = sign("∙")
    other = f"  ({table_words(document, term.ref.table, say)})" if term.ref.table != home else ""
    return Paragraph(
        (
            Span(f"  {lead} ", "accent"),
            Span(f"{text or say('detail.blank'):>14}{factor}", bold=term is head),
            Span(f"  {place_words(document, term.ref)}{other}", "quiet"),
        ),
        indent=4,
    )


def balance_paragraphs(result: CheckResult, say: Phrasebook, *, rounding: bool = True) -> list[Paragraph]:
    """What is expected, what is printed, and the difference; nothing where no figures are held against each other."""
    if result.expected is None or result.printed is None:
        return []
    spans = [
        Span(f"{say('detail.expected')} {amount(result.expected)}  ", bold=True),
        Span(f"{say('detail.printed')} {amount(result.printed)}  "),
        Span(
            f"{say('detail.difference')} {amount(result.residual, signed=True)}",
            "failing" if result.failed else "settled",
            bold=True,
        ),
    ]
    if result.tolerance and rounding:
        spans.append(Span(f"  {say('detail.tolerance', tolerance=amount(_readable(result.tolerance)))}", "quiet"))
    return [Paragraph(tuple(spans))]


def _readable(tolerance: Decimal) -> Decimal:
    """A tolerance in as many digits as say something (that of a quotient has dozens), and never less than it is."""
    if len(tolerance.as_tuple().digits) <= _DIGITS_OF_TOLERANCE:
        return tolerance
    last = min(tolerance.adjusted() - _DIGITS_OF_TOLERANCE + 1, 0)
    return tolerance.quantize(Decimal(1).scaleb(last), ROUND_UP)
