"""What the review screen says about findings and edits: paragraphs and lines made from the state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.config.messages import Phrasebook
from workbench.model.check import Applicability, Cause, Finding, Suggestion
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    Edit,
    InsertColumn,
    InsertRows,
    MergeCells,
    MergeRows,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetHeaderRows,
    SetTitle,
    SetUnit,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
)
from workbench.model.record import ReviewStatus
from workbench.model.table import CellRef, Document
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import HEAD_ROLES, amount, balance_paragraphs, rule_words
from workbench.tui.models.places import place_words, short_place, table_words
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.widgets.text_pane import Paragraph, paragraph

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding

_LONG_SUM = 6
"""Of more terms than this the message is long: what they make is said before it."""


def look_of_finding(item: ReviewedFinding) -> glyphs.Look:
    """How the state of a finding is shown."""
    if item.stale:
        return glyphs.STALE
    if item.decision is not None:
        return glyphs.VERDICT.get(item.decision.verdict, glyphs.SEVERITY[item.finding.severity])
    return glyphs.SEVERITY[item.finding.severity]


FINDING_COLUMNS = (
    Column(most=1), Column(most=18, rank=2), Column(flexible=1, least=18, cut=short_place),
    Column(right=True, most=18, least=9, rank=1, steady=True),
)  # fmt: skip
"""Where the room is short row and column of the place stay: by how much and by which rule is said beside the list."""


def finding_place(item: ReviewedFinding, document: Document, say: Phrasebook) -> str:
    """What a finding is called where it is one of several: the first place that it speaks of."""
    finding = item.finding
    return place_words(document, finding.check.terms[0].ref) if finding.check.terms else say.of(finding.message)


def finding_lines(items: Sequence[ReviewedFinding], document: Document, say: Phrasebook) -> list[Line]:
    """Findings as a list. Places that are called the same are told apart by the number of their row, as the grid shows
    it; where they are in several tables each place of the list has that of its table."""
    places = [finding_place(item, document, say) for item in items]
    firsts = [item.finding.check.terms[0].ref if item.finding.check.terms else None for item in items]
    held: defaultdict[str, set[CellRef]] = defaultdict(set)
    for place, ref in zip(places, firsts, strict=True):
        if ref is not None:
            held[place].add(ref)
    by_table = any(len({ref.table for ref in refs}) > 1 for refs in held.values())
    numbers = {table.id: number for number, table in enumerate(document.tables, start=1)}
    lines = []
    for item, place, ref in zip(items, places, firsts, strict=True):
        where = place
        if ref is not None and ref.table in numbers:
            if len({other.row for other in held[place] if other.table == ref.table}) > 1:
                where = f"#{ref.row + 1} {where}"
            if by_table:
                where = f"{say('finding.of_table', number=numbers[ref.table])} {where}"
        lines.append(_finding_line(item, where, say))
    return lines


def _finding_line(item: ReviewedFinding, where: str, say: Phrasebook) -> Line:
    """A finding as a line of the list: sign, rule, where, by how much, and what was ruled."""
    finding = item.finding
    look = look_of_finding(item)
    settled = not item.open
    role = "quiet" if settled else ""
    last = say(look.word) if item.decision is not None else amount(finding.results[0].residual, signed=True)
    if item.decision is not None and item.decision.note:
        last += f" {sign(glyphs.FLAGGED.sign)}"
    return Line(
        finding.id,
        (
            Piece(sign(look.sign), look.role, bold=not settled),
            Piece(rule_words(finding.check.name, say), role),
            Piece(where, role),
            Piece(last, look.role if item.decision is not None else "failing"),
        ),
    )


def finding_heading(item: ReviewedFinding, document: Document, say: Phrasebook) -> tuple[Span, ...]:
    """A finding in one line: how much it weighs, its rule, its table."""
    finding = item.finding
    look = glyphs.SEVERITY[finding.severity]
    first = finding.check.terms[0].ref if finding.check.terms else None
    where = f" · {table_words(document, first.table, say)}" if first is not None else ""
    return (
        Span(f"{sign(look.sign)} {say(look.word)} ", look.role, bold=True),
        Span(rule_words(finding.check.name, say), bold=True),
        Span(where, "quiet"),
    )


def finding_paragraphs(
    item: ReviewedFinding,
    document: Document,
    say: Phrasebook,
    *,
    take_key: str = "",
    explained: bool = True,
    ways: Sequence[Span] = (),
    source_way: Sequence[Span] = (),
) -> list[Paragraph]:
    """A finding explained: what should hold, by how much it does not, what most likely slipped, what was ruled; where
    nothing is proposed, the `ways` to settle it; where the best fix looks like a mistake of the document itself, the
    `source_way` to say so with it."""
    finding = item.finding
    parts = []
    if len(finding.check.terms) > _LONG_SUM:
        parts += balance_paragraphs(finding.results[0], say, rounding=False)
    parts.append(paragraph(say.of(finding.message)))
    if item.decision is not None:
        verdict = say(glyphs.VERDICT[item.decision.verdict].word)
        words = say("detail.decision", verdict=verdict, by=item.decision.by, note=item.decision.note).rstrip(":： ")
        look = glyphs.VERDICT[item.decision.verdict]
        parts.append(paragraph(f"{sign(look.sign)} {words}", look.role))
        if item.stale:
            parts.append(paragraph(say("detail.stale"), "suspect"))
    for number, suggestion in enumerate(finding.suggestions, start=1):
        key = take_key if number == 1 and take_key else str(number)
        parts.append(suggestion_paragraph(suggestion, document, say, key))
        if number == 1 and source_way and suggestion.cause is Cause.SOURCE and item.open:
            parts.append(Paragraph(tuple(source_way), indent=2))
    if item.open and not any(suggestion.edits for suggestion in finding.suggestions):
        if not finding.suggestions:
            parts.append(paragraph(say("detail.no_suggestion" if explained else "detail.looking"), "quiet"))
        if explained and ways:
            parts.append(Paragraph(tuple(ways)))
    if finding.incomplete:
        parts.append(paragraph(say("detail.incomplete"), "quiet"))
    if len(finding.results) > 1:
        parts.append(paragraph(say("detail.also", count=len(finding.results) - 1), "quiet"))
    return parts


def finding_text(item: ReviewedFinding, document: Document, say: Phrasebook) -> str:
    """A finding as plain text, a line each: the document and the page, the rule and what does not hold, the best fix,
    the ruling."""
    finding = item.finding
    pages = dict.fromkeys(
        anchor.page
        for ref in finding.cells[:1]
        for anchor in document.cell(ref).anchors
        if len(document.source.pages) > 1
    )
    name = " ".join(filter(None, (document.title or document.entity, f"({document.source.path})")))
    lines = [say.several((name, *(say("review.on_page", page=page) for page in pages)))]
    lines.append(say.about(rule_words(finding.check.name, say), say.of(finding.message)))
    best = next((suggestion for suggestion in finding.suggestions if suggestion.edits), None)
    if best is not None:
        lines.append(say.about(say("detail.proposed"), suggestion_words(best, document, say)))
    if item.decision is not None:
        verdict = say(glyphs.VERDICT[item.decision.verdict].word)
        words = say("detail.decision", verdict=verdict, by=item.decision.by, note=item.decision.note)
        lines.append(words.rstrip(":： "))
    return "\n".join("".join(filter(str.isprintable, line)) for line in lines)


def suggestion_paragraph(suggestion: Suggestion, document: Document, say: Phrasebook, key: str) -> Paragraph:
    """A suggestion: its key, what it changes, what it clears and breaks, and why."""
    safe = suggestion.applicability is Applicability.SAFE
    breaks = say("detail.breaks", breaks=len(suggestion.breaks)) if suggestion.breaks else ""
    effect = say.several((say("detail.clears", clears=len(suggestion.clears)), breaks))
    effect = say("detail.effect", effect=effect) if suggestion.edits else "  "
    return Paragraph(
        (
            Span(f"{key} ", "accent", bold=True),
            Span(suggestion_words(suggestion, document, say), "corrected", bold=True),
            Span(f"  {say('detail.' + suggestion.applicability.value)}", "settled" if safe else "suspect"),
            Span(effect, "quiet"),
            Span(say.of(suggestion.reason), "quiet"),
        ),
        indent=2,
    )


def suggestion_words(suggestion: Suggestion, document: Document, say: Phrasebook) -> str:
    """What a suggestion changes; one that changes nothing says that the rule may not hold."""
    return edits_words(suggestion.edits, document, say) or say("detail.no_change")


def edits_words(edits: Sequence[Edit], document: Document, say: Phrasebook) -> str:
    """What edits change, in a few words: before and after of each cell."""
    # A text of the header is changed in every cell that repeats it: that is said once.
    said = dict.fromkeys(edit_words(edit, document, say) for edit in edits)
    words = list(said)[:3]
    if len(said) > 3:
        words.append(f"(+{len(said) - 3})")
    return say.listed(words)


def edit_words(edit: Edit, document: Document, say: Phrasebook) -> str:
    """One edit: place, before, after; for changes of shape the kind of it and where."""
    if isinstance(edit, SetCell | SetHeaderCell):
        blank = say("detail.blank")
        change = say("review.changed", before=edit.before or blank, after=edit.after or blank)
        where = say("detail.header") if isinstance(edit, SetHeaderCell) else place_words(document, edit.ref)
        return say.about(where, change)
    from workbench.review.wording import kind_words

    table = edit.ref.table if hasattr(edit, "ref") else edit.table
    words = say.about(table_words(document, table, say), say.of(kind_words(edit)))
    match edit:
        case SetForm():
            before, after = (say(f"form.{name}") for name in (edit.before, edit.after))
        case SetUnit() | SetTitle() | SetHeaderRows():
            before, after = (str(value) or say("detail.blank") for value in (edit.before, edit.after))
        case ShiftCells() | MergeCells() | SplitCell():
            return f"{words} ({say('review.row_column', row=edit.ref.row + 1, column=edit.ref.column + 1)})"
        case InsertRows() | DeleteRows() | MergeRows() | SplitRow() | SplitTable():
            return f"{words} ({say('review.row', row=edit.row + 1)})"
        case InsertColumn() | DeleteColumn():
            return f"{words} ({say('review.column', column=edit.column + 1)})"
        case _:
            return words
    return say.about(words, say("review.changed", before=before, after=after))


def mark_words(document: Document, ref: CellRef, note: str, say: Phrasebook, *, flagged: bool) -> str:
    """What is said of a cell now, and of which."""
    said = note or say("review.flagged" if flagged else "review.unflagged")
    return f"{sign(glyphs.FLAGGED.sign)} {say.about(place_words(document, ref), said)}"


def first_cell(finding: Finding) -> CellRef | None:
    """The cell to look at first: one that the best suggestion changes, if possible of the check that is told, else the
    first of the check."""
    edited = [edit.ref for suggestion in finding.suggestions for edit in suggestion.edits if isinstance(edit, SetCell)]
    told = {term.ref for term in finding.check.terms}
    best = next((s.edits for s in finding.suggestions if any(isinstance(edit, SetCell) for edit in s.edits)), ())
    of_best = [edit.ref for edit in best if isinstance(edit, SetCell)]
    return next((ref for ref in of_best if ref in told), None) or next(iter([*edited, *finding.cells]), None)


def failing_cells(finding: Finding) -> list[CellRef]:
    """The cells that a finding speaks against: totals, shares and both sides of an equality, not every part."""
    found: dict[CellRef, None] = {}
    for result in finding.results:
        terms = result.check.terms
        heads = [term.ref for term in terms if term.role in HEAD_ROLES or term.role == "right"]
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
    if entry.record_problem:
        return glyphs.BAD_RECORD
    if entry.status is ReviewStatus.NEW and not entry.open:
        return glyphs.CLEAN if entry.checked else glyphs.UNCHECKED
    return glyphs.STATUS[entry.status]


def progress(done: int, total: int, cells: int) -> str:
    """A bar of `cells` cells, filled as far as things are done."""
    filled = cells * done // total if total else 0
    return sign("▪") * filled + sign("∙") * (cells - filled)
