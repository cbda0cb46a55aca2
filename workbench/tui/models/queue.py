"""The queue without a screen: one entry a document, what of it is shown, in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.model.check import Finding, Outcome
from workbench.model.record import RecordedSource, ReviewStatus
from workbench.tui.memory.visits import News, digest_of

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review import ReviewState
    from workbench.review.document_figures import DocumentFigures


class Reading(StrEnum):
    """How far the reading of a document is."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class Order(StrEnum):
    """How the queue is sorted."""

    WORST = "worst"
    NAME = "name"
    ENTITY = "entity"
    YEAR = "year"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One document as the queue knows it. `open`, `deferred` and `settled` count findings."""

    path: Path
    reading: Reading = Reading.WAITING
    problem: str = ""
    sha256: str = ""
    title: str = ""
    entity: str = ""
    region: str = ""
    year: int | None = None
    forms: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    tables: int = 0
    failing: int = 0
    open: int = 0
    deferred: int = 0
    settled: int = 0
    status: ReviewStatus = ReviewStatus.NEW
    reviewer: str = ""
    notices: tuple[str, ...] = ()
    record: Path | None = None
    """The record that its review goes on from, as it was when the document was read."""
    record_problem: str = ""
    """Why its record cannot be read, "" where it can or where there is none."""
    unsaved: bool = False
    """Whether a journal has steps that its record has not: those of a session that was cut off, or that goes on."""
    outcomes: tuple[tuple[Outcome, int], ...] = field(default=())
    findings_by_rule: tuple[tuple[str, int], ...] = field(default=())
    figures: DocumentFigures | None = None
    """What the statistics count, as the document was read."""
    assigned: str = ""
    """Who is to review it."""
    note: str = ""
    """What reviewers noted on it as a whole."""
    marks: int = 0
    """How many marks and notes stand in it."""
    source: RecordedSource | None = None
    """What its record says of it."""
    digest: str = ""
    """What tells whether it reads as it did."""
    steps: tuple[tuple[datetime, str], ...] = ()
    """When steps of its review were taken, and by whom."""
    news: News | None = None
    """What became of it since the reviewer saw it last."""

    @property
    def key(self) -> str:
        """What tells entries apart."""
        return str(self.path)

    @property
    def reason(self) -> str:
        """Why it cannot be read, without its own path."""
        return self.problem.removeprefix(f"{self.path}: ").removeprefix(f"{self.path.name}: ")

    @property
    def checked(self) -> bool:
        """Whether anything in it could be checked: no finding and no check must not look alike."""
        return any(count for outcome, count in self.outcomes if outcome is not Outcome.UNVERIFIABLE)

    @property
    def waits(self) -> bool:
        """Whether it waits for a reviewer: with something open, or unseen with nothing that could be checked."""
        return bool(self.open) or (not self.checked and self.status is ReviewStatus.NEW)

    @property
    def begun(self) -> bool:
        """Whether its review was begun: it may not be any more as it was read."""
        return self.status is not ReviewStatus.NEW or bool(self.settled or self.deferred)

    @property
    def name(self) -> str:
        """What the document is called: its title, else its file."""
        return self.title or self.path.name


def names_apart(entries: Iterable[QueueEntry]) -> dict[str, str]:
    """What each document is called in a list of them, by its key: its name, behind as much of its path as tells it from
    others of that name."""
    alike: defaultdict[str, list[QueueEntry]] = defaultdict(list)
    for entry in entries:
        alike[entry.name].append(entry)
    names = {}
    for name, group in alike.items():
        ends = [""]
        depth = 0
        while len(set(ends)) < len(group) and depth < max(len(entry.path.parts) for entry in group):
            depth += 1
            ends = ["/".join(entry.path.parts[-depth:]) for entry in group]
        for entry, end in zip(group, ends, strict=False):
            names[entry.key] = f"{end}  {entry.title}".strip() if end else name
    return names


def entry_of(analysis: Analysis) -> QueueEntry:
    """The entry of a document that was read and has no record yet."""
    from workbench.review.document_figures import figures_of
    from workbench.review.recorded import recorded_source

    document = analysis.document
    return QueueEntry(
        path=analysis.path,
        reading=Reading.READ,
        sha256=document.source.sha256,
        title=document.title,
        entity=document.entity,
        region=document.region,
        year=document.fiscal_year,
        forms=frozenset(table.form.value for table in document.tables),
        rules=frozenset(finding.check.name for finding in analysis.findings),
        tables=len(document.tables),
        failing=_failing(analysis.reconciliation.outcomes),
        open=len(analysis.findings),
        notices=tuple(problem.message for problem in document.noticed),
        outcomes=tuple(analysis.reconciliation.outcomes.items()),
        findings_by_rule=_by_rule(analysis.findings),
        figures=figures_of(analysis),
        source=recorded_source(analysis.path, document),
        digest=digest_of(document),
    )


def reviewed_entry(entry: QueueEntry, state: ReviewState) -> QueueEntry:
    """The entry after a review of its document."""
    from dataclasses import replace

    opened = sum(1 for finding in state.findings if finding.open)
    deferred = sum(1 for finding in state.findings if finding.open and finding.decision is not None)
    outcomes = state.reconciliation.outcomes
    return replace(
        entry,
        open=opened,
        deferred=deferred,
        settled=settled_in(state),
        failing=_failing(outcomes),
        status=state.record.status,
        reviewer=state.record.reviewer,
        tables=len(state.document.tables),
        rules=frozenset(finding.finding.check.name for finding in state.findings if finding.open),
        outcomes=tuple(outcomes.items()),
        findings_by_rule=_by_rule(finding.finding for finding in state.findings if finding.open),
        assigned=state.record.assigned,
        note=state.record.note,
        marks=len(state.record.marks) + bool(state.record.note),
        steps=tuple((action.at, action.by) for action in state.record.actions),
        unsaved=state.dirty,
        news=None,
    )


def settled_in(state: ReviewState) -> int:
    """How much of a document is settled: findings ruled on, and corrections, which leave no finding."""
    return len(state.findings) - len(state.open_findings) + len(state.record.corrections)


def _failing(outcomes: dict[Outcome, int]) -> int:
    return outcomes.get(Outcome.FAIL, 0) + outcomes.get(Outcome.CRASHED, 0)


def _by_rule(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(finding.check.name for finding in findings).most_common())


def in_order(entries: Iterable[QueueEntry], order: Order) -> list[QueueEntry]:
    """The entries in this order; those still being read come last."""

    def key(entry: QueueEntry) -> tuple[object, ...]:
        waiting = entry.reading is Reading.WAITING
        match order:
            case Order.WORST:
                done = entry.status in (ReviewStatus.DONE, ReviewStatus.REJECTED)
                return (
                    waiting,
                    done,
                    -entry.open,
                    -entry.failing,
                    entry.checked or entry.reading is Reading.FAILED,
                    entry.key,
                )
            case Order.NAME:
                return (False, entry.name, entry.key)
            case Order.ENTITY:
                return (waiting, entry.entity, entry.year or 0, entry.key)
            case Order.YEAR:
                return (waiting, -(entry.year or 0), entry.entity, entry.key)
            case Order.STATUS:
                return (waiting, list(ReviewStatus).index(entry.status), -entry.open, entry.key)

    return sorted(entries, key=key)
