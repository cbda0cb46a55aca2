"""What the records of a folder say in short: who is where with which document, without reading the grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbench.errors import InvalidFileError, WorkbenchError
from workbench.model.record import RecordedSource, ReviewRecord, ReviewStatus, Verdict
from workbench.records.codec.record import decode
from workbench.records.folder import record_files
from workbench.records.lock import read_lock
from workbench.records.store import RecordStore, read_text
from workbench.records.succession import predecessor_of

SCHEMA = "workbench.stats/1"
_GRIDS = "\n[[tables]]"
"""Where the grids begin, the last and by far the largest part of a record."""
_SETTLING = frozenset({Verdict.EXTRACTION_ERROR, Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.RULE_WAIVED})
_COLUMNS = ("document", "year", "status", "reviewer", "corrections", "decisions", "findings", "open", "conflicts")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a reviewer did: `what` is "correction" or the verdict of a decision on `finding`; `method` is how
    a correction was made, "correction" of a ruling that was made with one."""

    at: datetime
    by: str
    what: str
    finding: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """One record in short. `findings` stood when it was saved, `open` of them without a ruling that settles them;
    `unsaved` says that a journal has more than the record; `holder` is who has it open, "" for nobody."""

    path: Path
    source: str
    sha256: str
    entity: str
    fiscal_year: int | None
    status: ReviewStatus
    reviewer: str
    updated_at: datetime | None
    note: str
    corrections: int
    decisions: int
    flags: int
    findings: int
    open: int
    conflicts: int
    verdicts: Mapping[str, int]
    unsaved: bool = False
    holder: str = ""
    steps: tuple[Step, ...] = ()
    assigned: str = ""
    along_corrections: int = 0
    """How many of the rulings were made with a correction, in one step."""

    @property
    def reviewed(self) -> bool:
        """Whether anybody has reviewed the document; a record that only says who has it has no finding."""
        return self.updated_at is not None


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The records of a folder in order of name, and those that could not be read."""

    records: tuple[RecordSummary, ...]
    problems: tuple[WorkbenchError, ...] = ()

    @property
    def statuses(self) -> dict[str, int]:
        """How many documents stand where."""
        counts = Counter(record.status for record in self.records)
        return {status.value: counts[status] for status in ReviewStatus}

    def as_rows(self) -> list[list[str]]:
        """A heading, a row a record, and the sums."""
        rows = [list(_COLUMNS)]
        for record in self.records:
            year = "" if record.fiscal_year is None else str(record.fiscal_year)
            name = record.entity or Path(record.source).name
            rows.append([name, year, record.status.value, record.reviewer, *map(str, _counts(record))])
        sums = [str(sum(column)) for column in zip(*(_counts(record) for record in self.records), strict=True)]
        return [*rows, ["all", "", "", "", *(sums or ["0"] * 5)]]

    def as_json(self) -> dict[str, object]:
        """The same as data."""
        return {"schema": SCHEMA, "statuses": self.statuses, "records": [_as_json(item) for item in self.records]}


def read_index(folder: Path) -> RecordIndex:
    """The summaries of all records in a folder; none where there is no such folder."""
    records: list[RecordSummary] = []
    problems: list[WorkbenchError] = []
    for path in record_files(folder):
        try:
            summary = read_summary(path)
        except WorkbenchError as error:
            problems.append(error)
        else:
            if summary is not None:
                records.append(summary)
    return RecordIndex(tuple(records), tuple(problems))


def summary_for(
    folder: Path, source: Path | str, sha256: str, entity: str = "", fiscal_year: int | None = None, report: str = ""
) -> RecordSummary | None:
    """The summary of the record of one source, or of the one that its review would go on from; None where there is
    neither. Raises as `read_summary`."""
    store = RecordStore(folder)
    summary = read_summary(store.path_for(source, sha256))
    if summary is None:
        former = predecessor_of(
            store, RecordedSource(str(source), sha256, "", "", entity, fiscal_year, "", report=report)
        )
        summary = read_summary(former.path) if former else None
    return summary


def read_summary(path: Path) -> RecordSummary | None:
    """The summary of one record, None where there is none.

    Raises InvalidFileError, RecordSchemaError, StorageError where it cannot be read.
    """
    text = read_text(path)
    if text is None:
        return None
    holder = read_lock(path.with_suffix(".lock"))
    record = _without_grids(text, str(path))
    verdicts = Counter(decision.verdict.value for decision in record.decisions)
    return RecordSummary(
        path,
        record.source.path,
        record.source.sha256,
        record.source.entity,
        record.source.fiscal_year,
        record.status,
        record.reviewer,
        record.updated_at,
        record.note,
        len(record.corrections),
        len(record.decisions),
        len(record.marks),
        len(record.findings),
        _open(record),
        len(record.conflicts),
        dict(sorted(verdicts.items())),
        path.with_suffix(".journal").exists(),
        str(holder) if holder else "",
        _steps(record),
        record.assigned,
        sum(decision.along_correction for decision in record.decisions),
    )


def _steps(record: ReviewRecord) -> tuple[Step, ...]:
    """Corrections and decisions in the order of time."""
    steps = [Step(step.at, step.by, "correction", method=step.method) for step in record.corrections]
    steps += [
        Step(step.at, step.by, step.verdict.value, step.finding, "correction" if step.along_correction else "")
        for step in record.decisions
    ]
    return tuple(sorted(steps, key=lambda step: step.at))


def _without_grids(text: str, path: str) -> ReviewRecord:
    head, found, _ = text.partition(_GRIDS)
    try:
        return decode(head, path)
    except InvalidFileError:
        # A person may have moved the parts about, or written a text over several lines.
        if not found:
            raise
        return decode(text, path)


def _open(record: ReviewRecord) -> int:
    settled: dict[str, bool] = {}
    for decision in record.decisions:
        if decision.verdict not in (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED):
            settled[decision.finding] = decision.verdict in _SETTLING
    return sum(not (settled.get(item.id) or settled.get(item.rule)) for item in record.findings)


def _counts(record: RecordSummary) -> tuple[int, ...]:
    return record.corrections, record.decisions, record.findings, record.open, record.conflicts


def _as_json(record: RecordSummary) -> dict[str, object]:
    return {
        "path": str(record.path),
        "source": record.source,
        "sha256": record.sha256,
        "entity": record.entity,
        "fiscal_year": record.fiscal_year,
        "status": record.status.value,
        "reviewer": record.reviewer,
        "updated_at": None if record.updated_at is None else record.updated_at.isoformat(),
        "corrections": record.corrections,
        "decisions": record.decisions,
        "flags": record.flags,
        "findings": record.findings,
        "open": record.open,
        "conflicts": record.conflicts,
        "verdicts": dict(record.verdicts),
        "unsaved": record.unsaved,
        "holder": record.holder,
        "assigned": record.assigned,
    }
