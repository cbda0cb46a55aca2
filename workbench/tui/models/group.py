"""The findings of one rule over all documents, small enough to be kept by the ten thousand: what a line shows and what
a decision needs, and nothing of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.model.check import Applicability, Finding, Severity
from workbench.model.edit import SetCell
from workbench.model.message import Message
from workbench.model.record import Action, ReviewStatus, Verdict
from workbench.model.table import Document
from workbench.tui.models.places import place_words
from workbench.tui.models.queue import QueueEntry, Reading, reviewed_entry
from workbench.tui.models.workspace import Workspace

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review import ReviewSession, ReviewState


@dataclass(frozen=True, slots=True)
class GroupedFinding:
    """A finding of a document. `verdict` is what was ruled on it, None while it waits; `fix` is what its best
    suggestion makes of cells, where that is safe and all that it does."""

    entry: str
    finding: str
    where: str
    message: Message
    severity: Severity
    residual: Decimal | None
    verdict: Verdict | None = None
    fix: tuple[SetCell, ...] = ()

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"{self.entry}#{self.finding}"


@dataclass(frozen=True, slots=True)
class Found:
    """What one document has of the rule, or why it could not be told."""

    entry: str
    items: tuple[GroupedFinding, ...] = ()
    problem: str = ""


def rule_counts(entries: Iterable[QueueEntry]) -> Counter[str]:
    """How many findings of each rule the documents have, as far as the queue knows."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(dict(entry.findings_by_rule))
    return counts


def having(entries: Iterable[QueueEntry], rule: str) -> list[QueueEntry]:
    """The documents that have, or had when they were read, a finding of a rule."""
    return [
        entry
        for entry in entries
        if entry.reading is Reading.READ
        and (rule in entry.rules or (entry.figures is not None and rule in dict(entry.figures.found_by_rule)))
    ]


def at_hand(entry: QueueEntry, rule: str, analysis: Analysis | None) -> Found | None:
    """What is known of a document at once: its analysis is kept and nobody has reviewed it; else None."""
    if analysis is None or entry.begun:
        return None
    return _as_read(entry, analysis, rule)


def find_all(
    entries: Sequence[QueueEntry], rule: str, workspace: Workspace, kept: Callable[[Path], Analysis | None]
) -> Generator[Found, None, None]:
    """The findings of a rule, document by document: first those whose analysis is at hand, then the others as they are
    read again. Nothing is kept of a document but its findings. Called in a worker."""
    by_path = {entry.key: entry for entry in entries}
    away: list[Path] = []
    for entry in entries:
        analysis = kept(entry.path)
        if analysis is None:
            away.append(entry.path)
        else:
            yield _found(entry, analysis, rule, workspace)
    if not away:
        return
    for outcome in workspace.read(away):
        entry_read = by_path.get(str(outcome.path))
        if entry_read is None:
            continue
        if problem := getattr(outcome, "error", None):
            yield Found(entry_read.key, problem=str(problem))
        else:
            yield _found(entry_read, outcome, rule, workspace)  # type: ignore[arg-type]  # a Failure has an error


def _found(entry: QueueEntry, analysis: Analysis, rule: str, workspace: Workspace) -> Found:
    if not entry.begun:
        return _as_read(entry, analysis, rule)
    try:
        with workspace.open(entry.path, analysis, read_only=True) as session:
            session.find_causes()
            return found_in(entry, session.state, rule)
    except WorkbenchError as error:
        return Found(entry.key, problem=str(error))


def _as_read(entry: QueueEntry, analysis: Analysis, rule: str) -> Found:
    found = (finding for finding in analysis.findings if finding.check.name == rule)
    return Found(entry.key, tuple(_grouped(entry, analysis.document, finding, None) for finding in found))


def found_in(entry: QueueEntry, state: ReviewState, rule: str) -> Found:
    """The findings of a rule in a document as it is reviewed now."""
    rulings = {
        item.finding.id: item.decision.verdict
        for item in state.findings
        if item.decision is not None and not item.stale
    }
    found = (item.finding for item in state.findings if item.finding.check.name == rule)
    return Found(
        entry.key, tuple(_grouped(entry, state.document, finding, rulings.get(finding.id)) for finding in found)
    )


def _grouped(entry: QueueEntry, document: Document, finding: Finding, verdict: Verdict | None) -> GroupedFinding:
    terms = finding.check.terms
    return GroupedFinding(
        entry.key,
        finding.id,
        place_words(document, terms[0].ref) if terms else "",
        finding.message,
        finding.severity,
        finding.results[0].residual if finding.results else None,
        verdict,
        _fix_of(finding),
    )


def _fix_of(finding: Finding) -> tuple[SetCell, ...]:
    """The safe fix of a finding as changes of cells; none where it does more than a line can show."""
    best = next(iter(finding.suggestions), None)
    if best is None or best.applicability is not Applicability.SAFE:
        return ()
    cells = tuple(edit for edit in best.edits if isinstance(edit, SetCell))
    return cells if len(cells) == len(best.edits) else ()


def set_status_in(
    entry: QueueEntry, status: ReviewStatus, note: str, workspace: Workspace, analysis: Analysis | None
) -> QueueEntry:
    """Say where a document stands; its session is opened, saved and closed. Gives the entry after it. Raises
    WorkbenchError, as where findings are open that would be done. Called in a worker."""
    with workspace.open(entry.path, analysis) as session:
        session.find_causes()
        session.set_status(status, note)
        session.save()
        return reviewed_entry(entry, session.state)


def take_standing_back_in(
    before: QueueEntry, after: QueueEntry, workspace: Workspace, analysis: Analysis | None
) -> QueueEntry | None:
    """Say again who had a document and where it stood before a command for several documents. None where somebody has
    said something else since, or gone on with its review. Raises WorkbenchError. Called in a worker."""
    now = workspace.with_record(after)
    if (now.assigned, now.status, now.note, now.steps) != (after.assigned, after.status, after.note, after.steps):
        return None
    if before.assigned != after.assigned:
        now = workspace.assign(now, before.assigned)
    if (before.status, before.note) == (after.status, after.note):
        return now
    with workspace.open(after.path, analysis) as session:
        session.find_causes()
        session.set_status(before.status, before.note)
        if session.state.record.note != before.note:
            session.set_note(before.note)
        session.save()
        return reviewed_entry(now, session.state)


@dataclass(frozen=True, slots=True)
class Decided:
    """What one command for several findings came to in one document: its entry and its findings of the rule after it,
    on how many of them it was done, and the steps that this took."""

    entry: QueueEntry
    found: Found
    count: int
    steps: tuple[Action, ...] = ()


def decide_in(
    entry: QueueEntry,
    findings: Sequence[str],
    rule: str,
    verdict: Verdict,
    note: str,
    workspace: Workspace,
    analysis: Analysis | None,
) -> Decided:
    """Rule on findings of one document; its session is opened, saved and closed. A finding that is no longer there is
    left alone. Called in a worker."""
    with workspace.open(entry.path, analysis) as session:
        session.find_causes()
        before = len(session.state.record.actions)
        there = [identifier for identifier in findings if session.state.finding(identifier) is not None]
        for identifier in there:
            session.decide(identifier, verdict, note=note)
        return _decided(session, entry, rule, len(there), before)


def take_in(
    entry: QueueEntry,
    items: Sequence[GroupedFinding],
    rule: str,
    source_error: bool,
    workspace: Workspace,
    analysis: Analysis | None,
) -> Decided:
    """Take the fixes of findings of one document as they were shown; its session is opened, saved and closed. Called
    in a worker."""
    with workspace.open(entry.path, analysis) as session:
        session.find_causes()
        before, taken = len(session.state.record.actions), 0
        for item in items:
            found = session.state.finding(item.finding)
            if found is not None and found.open and item.fix and _fix_of(found.finding) == item.fix:
                session.accept(item.finding, source_error=source_error)
                session.find_causes()
                taken += 1
        return _decided(session, entry, rule, taken, before)


def take_back_in(
    entry: QueueEntry, steps: Sequence[Action], rule: str, workspace: Workspace, analysis: Analysis | None
) -> Decided | None:
    """Undo what a command for several findings did in one document; its session is opened, saved and closed. None where
    these steps are not its last ones any more: what came after them rests on them. Called in a worker."""
    with workspace.open(entry.path, analysis) as session:
        actions = session.state.record.actions
        before = len(actions) - len(steps)
        if before < 0 or actions[before:] != tuple(steps):
            return None
        while len(session.state.record.actions) > before:
            session.undo()
        session.find_causes()
        return _decided(session, entry, rule, len(steps), before)


def _decided(session: ReviewSession, entry: QueueEntry, rule: str, count: int, before: int) -> Decided:
    session.save()
    state = session.state
    steps = tuple(state.record.actions[before:])
    return Decided(reviewed_entry(entry, state), found_in(entry, state, rule), count, steps)
