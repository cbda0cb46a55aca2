"""The statistics as sections of labelled figures, in the words of one language: the screen draws them as bars, the
command prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.record import ReviewStatus
from workbench.review.statistics import ErrorRate, ReviewerFigures, Rulings, Statistics

_DAYS = 14
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its label; `text` says more about it, `role` is the colour of its state."""

    label: str
    figure: float
    text: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under a title, to be compared with each other."""

    title: str
    rows: tuple[Row, ...]


def summary_words(figures: Statistics, say: Phrasebook) -> list[str]:
    """The state of the set in a few sentences."""
    known = figures.open + figures.settled
    share = round(100 * figures.settled / known) if known else 100
    lines = [
        say(
            "stats.summary",
            documents=figures.documents,
            done=figures.statuses.get(ReviewStatus.DONE.value, 0),
            second=figures.statuses.get(ReviewStatus.NEEDS_SECOND.value, 0),
            unreadable=figures.unreadable,
        ),
        say("stats.findings", open=figures.open, deferred=figures.deferred, settled=figures.settled, share=share)
        if figures.open or figures.settled
        else say("stats.no_findings"),
    ]
    if figures.unopened:
        told = lines if figures.open or figures.settled else lines[:1]
        lines = [*told, say("stats.unopened", count=figures.unopened)]
    if figures.pace and figures.days_left:
        lines.append(say("stats.pace", pace=f"{figures.pace:g}", days=figures.days_left))
    if figures.conflicts:
        lines.append(say("stats.conflicts", count=figures.conflicts))
    return lines


def sections(figures: Statistics, say: Phrasebook) -> list[Section]:
    """All figures, those looked at first in front; sections without a figure are left out."""
    made = [
        Section(say("stats.documents"), tuple(_statuses(figures, say))),
        Section(say("stats.days"), tuple(Row(day, count, role="settled") for day, count in figures.days[-_DAYS:])),
        Section(say("stats.reviewers"), tuple(_reviewer(reviewer, say) for reviewer in figures.reviewers)),
        Section(say("stats.rules"), _counted(figures.found_by_rule, say, "family")),
        Section(say("stats.forms"), _counted(figures.found_by_form, say, "form")),
        _first(say("stats.years"), [_rate(rate, say) for rate in figures.years], say),
        _first(say("stats.regions"), [_rate(rate, say) for rate in figures.regions], say),
        _first(say("stats.rulings"), [_ruled(rulings, say) for rulings in figures.rulings], say),
        Section(
            say("stats.methods"), tuple(Row(name, count, role="corrected") for name, count in _methods(figures, say))
        ),
        Section(say("stats.agreement"), tuple(_agreement(figures, say))),
    ]
    return [section for section in made if section.rows]


def _statuses(figures: Statistics, say: Phrasebook) -> Iterable[Row]:
    roles = {"done": "settled", "rejected": "failing", "needs_second": "suspect", "in_review": "accent"}
    for status, count in figures.statuses.items():
        if count:
            yield Row(say(f"status.{status}"), count, role=roles.get(status, "quiet"))
    if figures.unreadable:
        yield Row(say("state.unreadable"), figures.unreadable, role="failing")


def _reviewer(reviewer: ReviewerFigures, say: Phrasebook) -> Row:
    parts = [say("stats.reviewer", documents=reviewer.documents, last=reviewer.last)]
    if reviewer.minutes is not None and reviewer.seconds is not None:
        parts.append(say("stats.reviewer_time", minutes=f"{reviewer.minutes:g}", seconds=f"{reviewer.seconds:g}"))
    return Row(reviewer.name, reviewer.settled, say.several(parts), "settled")


def _first(title: str, rows: Sequence[Row], say: Phrasebook) -> Section:
    """The first of many figures that cannot be added up; the title says how many there are."""
    if len(rows) > _MOST_ROWS:
        title = say("stats.first", title=title, shown=_MOST_ROWS, count=len(rows))
    return Section(title, tuple(rows[:_MOST_ROWS]))


def _counted(counts: Iterable[tuple[str, int]], say: Phrasebook, kind: str) -> tuple[Row, ...]:
    rows = [Row(_named(name, say, kind), count, role="failing") for name, count in counts]
    rest = rows[_MOST_ROWS:]
    more = (Row(say("stats.others", count=len(rest)), sum(row.figure for row in rest), role="failing"),) if rest else ()
    return (*rows[:_MOST_ROWS], *more)


def _named(name: str, say: Phrasebook, kind: str) -> str:
    identifier = f"{kind}.{name.partition(':')[0]}"
    return say(identifier) if identifier in CATALOGUE and ":" not in name else name or say("stats.unknown")


def _rate(rate: ErrorRate, say: Phrasebook) -> Row:
    text = say("stats.rate", bad=rate.with_findings, documents=rate.documents, findings=rate.findings)
    return Row(rate.name or say("stats.unknown"), rate.per_thousand, text, "failing")


def _ruled(rulings: Rulings, say: Phrasebook) -> Row:
    parts = [f"{say(f'verdict.{verdict}')} {count}" for verdict, count in rulings.counts.items()]
    return Row(_named(rulings.rule, say, "family"), rulings.total, say.several(parts), "accent")


def _methods(figures: Statistics, say: Phrasebook) -> list[tuple[str, int]]:
    manual = figures.corrections.get("manual", 0)
    suggested = sum(figures.corrections.values()) - manual
    counts = [(say("stats.by_suggestion"), suggested), (say("stats.by_hand"), manual)]
    return [(name, count) for name, count in counts if count]


def _agreement(figures: Statistics, say: Phrasebook) -> Iterable[Row]:
    if figures.ruled_twice:
        yield Row(say("stats.agreed"), figures.agreed, role="settled")
        yield Row(say("stats.disagreed"), figures.ruled_twice - figures.agreed, role="suspect")
