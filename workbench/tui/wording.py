"""What the review screen says about findings, equations and places: paragraphs and lines made from the state."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.amount import FigureKind
from workbench.model.check import Applicability, CheckResult, Finding, Suggestion, Term
from workbench.model.edit import Edit, SetCell, SetHeaderCell
from workbench.model.record import ReviewStatus
from workbench.model.table import CellRef, Document, Table
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.queue_model import QueueEntry, Reading
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.line_list import Column, Line, Piece
from workbench.tui.widgets.text_pane import Paragraph, paragraph

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding

_HEAD_ROLES = ("total", "left", "whole", "product", "growth", "share")
_MOST_TERMS = 60


def row_label(table: Table, row: int) -> str:
    """What names a row: its first text that is no figure, with the code before it where there is one."""
    code = ""
    for cell in table.rows[row] if row < len(table.rows) else ():
        kind = cell.figure.kind
        if kind is FigureKind.TEXT:
            return f"{code} {cell.text}".strip()
        if kind is FigureKind.NUMBER and not code:
            if cell.figure.decimals:
                break
            code = cell.text
    return code


def column_label(table: Table, column: int) -> str:
    """What names a column: the lowest header text over it."""
    path = [text for text in table.column_path(column) if not text.isdigit()] if column < table.width else []
    return path[-1] if path else ""


def place_words(document: Document, ref: CellRef) -> str:
    """A place in words: row and column as they are labelled, else by number."""
    for stated in document.stated:
        if stated.id == ref.table:
            return stated.label
    try:
        table = document.table(ref.table)
    except KeyError:
        return ref.table
    row = row_label(table, ref.row) or str(ref.row + 1)
    column = column_label(table, ref.column) or str(ref.column + 1)
    return f"{row} · {column}"


def table_words(document: Document, identifier: str, say: Phrasebook) -> str:
    """A table in a few words: its title, else its form."""
    if any(stated.id == identifier for stated in document.stated):
        return say("review.stated")
    try:
        table = document.table(identifier)
    except KeyError:
        return identifier
    return table.title or say(f"form.{table.form.value}")


def rule_words(name: str, say: Phrasebook) -> str:
    """The name of a rule: a family in the language of the interface, a user's rule as they named it."""
    return say(f"family.{name}") if f"family.{name}" in CATALOGUE else name


def amount(value: Decimal | None, *, signed: bool = False) -> str:
    """A number as written in equations."""
    if value is None:
        return ""
    text = f"{value:,f}"
    if "." in text:
        whole, _, fraction = text.partition(".")
        text = f"{whole}.{fraction.rstrip('0'):0<2}"
    return f"+{text}" if signed and value > 0 else text


def look_of_finding(item: ReviewedFinding) -> glyphs.Look:
    """How the state of a finding is shown."""
    if item.stale:
        return glyphs.STALE
    if item.decision is not None:
        return glyphs.VERDICT.get(item.decision.verdict, glyphs.SEVERITY[item.finding.severity])
    return glyphs.SEVERITY[item.finding.severity]


FINDING_COLUMNS = (Column(most=1), Column(most=18), Column(flexible=1, least=8), Column(right=True, most=18, rank=1))


def finding_line(item: ReviewedFinding, document: Document, say: Phrasebook) -> Line:
    """A finding as a line of the list: sign, rule, where, by how much, and what was ruled."""
    finding = item.finding
    look = look_of_finding(item)
    settled = not item.open
    role = "quiet" if settled else ""
    where = place_words(document, finding.check.terms[0].ref) if finding.check.terms else say.of(finding.message)
    last = say(look.word) if item.decision is not None else amount(finding.results[0].residual, signed=True)
    return Line(
        finding.id,
        (
            Piece(sign(look.sign), look.role, bold=not settled),
            Piece(rule_words(finding.check.name, say), role),
            Piece(where, role),
            Piece(last, look.role if item.decision is not None else "failing"),
        ),
    )


def finding_paragraphs(
    item: ReviewedFinding,
    document: Document,
    say: Phrasebook,
    *,
    take_key: str = "",
    room: int = 99,
    explained: bool = True,
) -> list[Paragraph]:
    """A finding explained: what should hold, by how much it does not, what most likely slipped, what was ruled."""
    finding = item.finding
    look = glyphs.SEVERITY[finding.severity]
    first = finding.check.terms[0].ref if finding.check.terms else None
    where = f" · {table_words(document, first.table, say)}" if first is not None else ""
    parts = [
        Paragraph(
            (
                Span(f"{sign(look.sign)} {say(look.word)} ", look.role, bold=True),
                Span(rule_words(finding.check.name, say), bold=True),
                Span(where, "quiet"),
            )
        ),
        paragraph(say.of(finding.message)),
    ]
    if item.decision is not None:
        verdict = say(glyphs.VERDICT[item.decision.verdict].word)
        words = say("detail.decision", verdict=verdict, by=item.decision.by, note=item.decision.note).rstrip(":： ")
        parts.append(paragraph(f"{sign('✓')} {words}", "settled"))
        if item.stale:
            parts.append(paragraph(say("detail.stale"), "suspect"))
    for number, suggestion in enumerate(finding.suggestions[:room], start=1):
        key = take_key if number == 1 and take_key else str(number)
        parts.append(suggestion_paragraph(suggestion, document, say, key))
    if not finding.suggestions:
        parts.append(paragraph(say("detail.no_suggestion" if explained else "detail.looking"), "quiet"))
    if finding.incomplete:
        parts.append(paragraph(say("detail.incomplete"), "quiet"))
    if len(finding.results) > 1:
        parts.append(paragraph(say("detail.also", count=len(finding.results) - 1), "quiet"))
    return parts


def suggestion_paragraph(suggestion: Suggestion, document: Document, say: Phrasebook, key: str) -> Paragraph:
    """A suggestion: its key, what it changes, what it clears and breaks, and why."""
    safe = suggestion.applicability is Applicability.SAFE
    effect = say("detail.clears", clears=len(suggestion.clears))
    if suggestion.breaks:
        effect += " " + say("detail.breaks", breaks=len(suggestion.breaks))
    return Paragraph(
        (
            Span(f"{key} ", "accent", bold=True),
            Span(edits_words(suggestion.edits, document, say), "corrected", bold=True),
            Span(f"  {say('detail.' + suggestion.applicability.value)}", "settled" if safe else "suspect"),
            Span(f", {effect}. ", "quiet"),
            Span(say.of(suggestion.reason), "quiet"),
        ),
        indent=2,
    )


def edits_words(edits: Sequence[Edit], document: Document, say: Phrasebook) -> str:
    """What edits change, in a few words: before and after of each cell."""
    # A text of the header is changed in every cell that repeats it: that is said once.
    said = dict.fromkeys(edit_words(edit, document, say) for edit in edits)
    words = list(said)[:3]
    if len(said) > 3:
        words.append(f"(+{len(said) - 3})")
    return "; ".join(words)


def edit_words(edit: Edit, document: Document, say: Phrasebook) -> str:
    """One edit: place, before, after; for changes of shape the kind of it."""
    if isinstance(edit, SetCell | SetHeaderCell):
        blank = say("detail.blank")
        change = say("review.changed", before=edit.before or blank, after=edit.after or blank)
        where = say("detail.header") if isinstance(edit, SetHeaderCell) else place_words(document, edit.ref)
        return f"{where}: {change}"
    from workbench.review.wording import kind_words

    table = edit.ref.table if hasattr(edit, "ref") else edit.table
    return f"{table_words(document, table, say)}: {say.of(kind_words(edit))}"


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
    head = next((term for term in check.terms if term.role in _HEAD_ROLES), None)
    home = head.ref.table if head else ""
    ordered = ([head] if head else []) + [term for term in check.terms if term is not head]
    parts += [_term_paragraph(term, head, document, say, home) for term in ordered[:_MOST_TERMS]]
    if len(ordered) > _MOST_TERMS:
        parts.append(paragraph(f"  (+{len(ordered) - _MOST_TERMS})", "quiet"))
    parts.append(_balance_paragraph(result, say))
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
        lead = "-" if term.sign < 0 else "+"
    other = f"  ({table_words(document, term.ref.table, say)})" if term.ref.table != home else ""
    return Paragraph(
        (
            Span(f"  {lead} ", "accent"),
            Span(f"{text or say('detail.blank'):>14}{factor}", bold=term is head),
            Span(f"  {place_words(document, term.ref)}{other}", "quiet"),
        ),
        indent=4,
    )


def _balance_paragraph(result: CheckResult, say: Phrasebook) -> Paragraph:
    if result.expected is None or result.printed is None:
        return paragraph("")
    spans = [
        Span(f"{say('detail.expected')} {amount(result.expected)}  ", bold=True),
        Span(f"{say('detail.printed')} {amount(result.printed)}  "),
        Span(
            f"{say('detail.difference')} {amount(result.residual, signed=True)}",
            "failing" if result.failed else "settled",
            bold=True,
        ),
    ]
    if result.tolerance:
        spans.append(Span(f"  {say('detail.tolerance', tolerance=amount(result.tolerance))}", "quiet"))
    return Paragraph(tuple(spans))


def first_cell(finding: Finding) -> CellRef | None:
    """The cell to look at first: the one that the best suggestion changes, else the first of the check."""
    for suggestion in finding.suggestions:
        for edit in suggestion.edits:
            if isinstance(edit, SetCell):
                return edit.ref
    return finding.cells[0] if finding.cells else None


def failing_cells(finding: Finding) -> list[CellRef]:
    """The cells that a finding speaks against: totals, shares and both sides of an equality, not every part."""
    found: dict[CellRef, None] = {}
    for result in finding.results:
        terms = result.check.terms
        heads = [term.ref for term in terms if term.role in _HEAD_ROLES or term.role == "right"]
        found.update(dict.fromkeys(heads or [term.ref for term in terms]))
    return list(found)


def suspect_cells(finding: Finding) -> list[CellRef]:
    """The cells that most likely slipped: those that the best suggestion changes."""
    best = finding.suggestions[0].edits if finding.suggestions else ()
    return [edit.ref for edit in best if isinstance(edit, SetCell)]


def look_of(entry: QueueEntry) -> glyphs.Look:
    """How the state of a document is shown."""
    if entry.reading is Reading.WAITING:
        return glyphs.WAITING
    if entry.reading is Reading.FAILED:
        return glyphs.UNREADABLE
    if entry.status is ReviewStatus.NEW and not entry.open:
        return glyphs.CLEAN
    return glyphs.STATUS[entry.status]


def progress(done: int, total: int, cells: int) -> str:
    """A bar of `cells` cells, filled as far as things are done."""
    filled = cells * done // total if total else 0
    return sign("▪") * filled + sign("∙") * (cells - filled)
