"""What whoever leads a review asks each morning: how far it is, how fast it goes, where the errors are, and whether
reviewers agree. Counted from the documents and their records, the same for the screen and the command."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from workbench.model.record import ReviewStatus, Verdict
from workbench.review.document_figures import DocumentFigures, settled_in

if TYPE_CHECKING:
    from workbench.records.index import RecordSummary, Step

_BREAK = 600.0
"""Seconds without a step after which a reviewer did something else."""
_PACE_DAYS = 7
_SETTLING = frozenset({"correction", "extraction_error", "source_error", "waived", "rule_waived"})
_RULINGS = frozenset({"extraction_error", "source_error", "waived", "deferred"})
_ON_FINDINGS = _RULINGS | {"rule_waived", "reopened"}


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How often extraction or print went wrong in a group of documents."""

    name: str
    documents: int
    with_findings: int
    findings: int
    checks: int
    failing: int

    @property
    def per_thousand(self) -> float:
        """Failing checks of a thousand that could be told."""
        return round(1000 * self.failing / self.checks, 1) if self.checks else 0.0


@dataclass(frozen=True, slots=True)
class ReviewerFigures:
    """What one reviewer did. `minutes` is the median of the time on a document, `seconds` that between two steps on
    one; both leave breaks out and are None where there are too few steps to tell."""

    name: str
    documents: int
    steps: int
    settled: int
    last: str
    minutes: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Rulings:
    """How findings of one rule were ruled: a rule that is mostly waived is a bad rule."""

    rule: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rulings."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a workspace."""

    documents: int
    unreadable: int
    statuses: Mapping[str, int]
    found: int
    open: int
    deferred: int
    settled: int
    days: tuple[tuple[str, int], ...]
    """Day and findings settled on it, for every day with a step."""
    pace: float | None
    """Findings settled a day, over the last days with a step."""
    days_left: int | None
    reviewers: tuple[ReviewerFigures, ...]
    found_by_rule: tuple[tuple[str, int], ...]
    found_by_form: tuple[tuple[str, int], ...]
    years: tuple[ErrorRate, ...]
    regions: tuple[ErrorRate, ...]
    rulings: tuple[Rulings, ...]
    corrections: Mapping[str, int]
    """Corrections by how they were made."""
    ruled_twice: int
    """Findings that two reviewers ruled on."""
    agreed: int
    conflicts: int
    unopened: int = 0
    """Records that only say who has a document, where the documents themselves were not read."""

    def as_json(self) -> dict[str, object]:
        """The same as data, rates included."""
        data = asdict(self)
        for name, rates in (("years", self.years), ("regions", self.regions)):
            data[name] = [asdict(rate) | {"per_thousand": rate.per_thousand} for rate in rates]
        for name in ("days", "found_by_rule", "found_by_form"):
            data[name] = dict(data[name])
        return data


def statistics_of(
    documents: Iterable[DocumentFigures], records: Sequence[RecordSummary], unreadable: int = 0
) -> Statistics:
    """The figures of these documents and records; either may be empty."""
    listed = list(documents)
    steps = sorted((step for record in records for step in record.steps), key=lambda step: step.at)
    statuses = Counter(figures.status.value for figures in listed) if listed else _statuses(records)
    days = Counter(step.at.date().isoformat() for record in records for step in _settling(record.steps))
    open_ = sum(f.open for f in listed) if listed else sum(record.open for record in records)
    pace = _pace(days)
    twice, agreed = _agreement(records)
    return Statistics(
        documents=len(listed) or len(records),
        unreadable=unreadable,
        statuses={status.value: statuses[status.value] for status in ReviewStatus},
        found=sum(figures.found for figures in listed),
        open=open_,
        deferred=sum(f.deferred for f in listed)
        if listed
        else sum(record.verdicts.get(Verdict.DEFERRED.value, 0) for record in records),
        settled=sum(f.settled for f in listed) if listed else sum(settled_in(record) for record in records),
        days=tuple(sorted(days.items())),
        pace=pace,
        days_left=-(-open_ // max(round(pace), 1)) if pace else None,
        reviewers=_reviewers(records),
        found_by_rule=_summed(figures.found_by_rule for figures in listed),
        found_by_form=_summed(figures.found_by_form for figures in listed),
        years=_rates(listed, lambda figures: str(figures.year or "")),
        regions=_rates(listed, lambda figures: figures.region),
        rulings=_rulings(steps),
        corrections=dict(Counter(step.method for step in steps if step.what == "correction").most_common()),
        ruled_twice=twice,
        agreed=agreed,
        conflicts=sum(record.conflicts for record in records),
        unopened=0 if listed else sum(not record.reviewed for record in records),
    )


def _settling(steps: Iterable[Step]) -> list[Step]:
    """The steps on one document that settled something: each correction, and on each finding the last ruling of each
    reviewer, where it settles it and no correction that it was made with counts for it already."""
    listed = list(steps)
    last = {(step.by, step.finding): step for step in listed if step.what in _ON_FINDINGS}
    return [
        step
        for step in listed
        if step.what in _SETTLING
        and (step.what == "correction" or (not step.method and last[step.by, step.finding] is step))
    ]


def _statuses(records: Iterable[RecordSummary]) -> Counter[str]:
    return Counter(record.status.value for record in records)


def _summed(counts: Iterable[tuple[tuple[str, int], ...]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for counted in counts:
        total.update(dict(counted))
    return tuple(total.most_common())


def _pace(days: Mapping[str, int]) -> float | None:
    last = sorted(days.items())[-_PACE_DAYS:]
    return round(sum(count for _, count in last) / len(last), 1) if last else None


def _rates(documents: Iterable[DocumentFigures], name_of: Callable[[DocumentFigures], str]) -> tuple[ErrorRate, ...]:
    groups: defaultdict[str, list[DocumentFigures]] = defaultdict(list)
    for figures in documents:
        groups[name_of(figures)].append(figures)
    rates = [
        ErrorRate(
            name,
            len(group),
            sum(figures.found > 0 for figures in group),
            sum(figures.found for figures in group),
            sum(figures.checks for figures in group),
            sum(figures.failing for figures in group),
        )
        for name, group in groups.items()
    ]
    return tuple(sorted(rates, key=lambda rate: (-rate.per_thousand, rate.name)))


def _reviewers(records: Iterable[RecordSummary]) -> tuple[ReviewerFigures, ...]:
    by_name: defaultdict[str, dict[str, list[Step]]] = defaultdict(dict)
    for record in records:
        for step in record.steps:
            by_name[step.by].setdefault(record.sha256, []).append(step)
    figures = []
    for name, documents in by_name.items():
        steps = [step for listed in documents.values() for step in listed]
        gaps = {key: _gaps(listed) for key, listed in documents.items()}
        minutes = [sum(listed) / 60 for listed in gaps.values() if listed]
        seconds = [gap for listed in gaps.values() for gap in listed]
        figures.append(
            ReviewerFigures(
                name,
                len(documents),
                len(steps),
                sum(len(_settling(listed)) for listed in documents.values()),
                max(step.at.date() for step in steps).isoformat(),
                round(median(minutes), 1) if minutes else None,
                round(median(seconds), 1) if seconds else None,
            )
        )
    return tuple(sorted(figures, key=lambda reviewer: (-reviewer.settled, reviewer.name)))


def _gaps(steps: Sequence[Step]) -> list[float]:
    """The seconds between steps on one document, breaks left out; what one key did is one step."""
    moments = list(dict.fromkeys(step.at for step in steps))
    gaps = ((later - earlier).total_seconds() for earlier, later in pairwise(moments))
    return [gap for gap in gaps if 0 <= gap <= _BREAK]


def _rulings(steps: Iterable[Step]) -> tuple[Rulings, ...]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for step in steps:
        if step.what in _RULINGS:
            counts[step.finding.rpartition(":")[0] or step.finding][step.what] += 1
    listed = [Rulings(rule, dict(sorted(counted.items()))) for rule, counted in counts.items()]
    return tuple(sorted(listed, key=lambda rulings: (-rulings.total, rulings.rule)))


def _agreement(records: Iterable[RecordSummary]) -> tuple[int, int]:
    """Findings that more than one reviewer ruled on, and how many of them were ruled the same by all."""
    twice = agreed = 0
    for record in records:
        rulings: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for step in record.steps:
            if step.what in _RULINGS:
                rulings[step.finding][step.by] = step.what
        for by_reviewer in rulings.values():
            if len(by_reviewer) > 1:
                twice += 1
                agreed += len(set(by_reviewer.values())) == 1
    return twice, agreed
