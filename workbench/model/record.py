"""What a person did to one document: corrections and decisions, and the record that keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workbench.model.check import Outcome
from workbench.model.edit import Edit
from workbench.model.table import CellRef

RECORD_SCHEMA = 1
"""The schema that this version writes."""


class Verdict(StrEnum):
    """What a reviewer ruled."""

    EXTRACTION_ERROR = "extraction_error"
    SOURCE_ERROR = "source_error"
    WAIVED = "waived"
    DEFERRED = "deferred"
    CELL_RIGHT = "cell_right"
    """The cell is as the source prints it and must not be changed by a suggestion."""
    VALUE_REJECTED = "value_rejected"
    """The cell must not get this value."""
    RULE_WAIVED = "rule_waived"
    """The rule family does not apply in this document."""
    REOPENED = "reopened"
    """What was ruled on this finding before no longer counts."""


class ReviewStatus(StrEnum):
    """Where a document stands."""

    NEW = "new"
    IN_REVIEW = "in_review"
    NEEDS_SECOND = "needs_second"
    DONE = "done"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Correction:
    """Edits that a person took or made, applied as one step.

    `labels` holds for each edit the row label and the column label of its cell ("" where it has none), `spots` where on
    its page the cell is printed ("" for nowhere, no spots at all where that is not known): by them a correction finds
    its cell again after the document was parsed anew.
    """

    edits: tuple[Edit, ...]
    labels: tuple[tuple[str, str], ...]
    by: str
    at: datetime
    method: str = "manual"
    note: str = ""
    spots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling on a finding (or on a cell or a rule family), bound to the figures it was taken on.

    `finding` is a finding's id; for RULE_WAIVED the family's name; for CELL_RIGHT and VALUE_REJECTED the finding under
    which it was said. `cell` and `value` say which cell and which value, where the verdict speaks of one (SOURCE_ERROR
    does where the cell was corrected in the same step, to what would be right); by `labels`, the names of its row and
    column, that cell is found again after the document was parsed anew. `spots` are where the figures are printed,
    none where that is not known.
    """

    finding: str
    verdict: Verdict
    figures: tuple[str, ...]
    by: str
    at: datetime
    note: str = ""
    cell: CellRef | None = None
    value: str = ""
    labels: tuple[str, str] = ("", "")
    spots: tuple[str, ...] = ()

    @property
    def along_correction(self) -> bool:
        """Whether it says of a cell that was corrected in the same step that the document prints it wrongly."""
        return self.verdict is Verdict.SOURCE_ERROR and self.cell is not None


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark or a note on a cell, on a table (row and column -1), or on the document (table "").

    By the `spot` where it is printed, by `labels`, the names of its row and column, and by the `text` that it showed a
    cell is found again after the document was parsed anew.
    """

    ref: CellRef
    by: str
    at: datetime
    note: str = ""
    flagged: bool = True
    labels: tuple[str, str] = ("", "")
    text: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class RecordedTable:
    """The reviewed grid of one table, all texts as strings."""

    id: str
    title: str
    form: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding that still stood when the record was saved, with the cells it is about ("t03/8/2")."""

    id: str
    rule: str
    outcome: Outcome
    message: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """Which file the record is about; `earlier` are the hashes of the versions of it that were reviewed before.
    `report` is the kind of disclosure, which tells two documents of one body and year apart."""

    path: str
    sha256: str
    media_type: str
    reader: str
    entity: str
    fiscal_year: int | None
    unit: str
    earlier: tuple[str, ...] = ()
    report: str = ""


Action = Correction | Decision | Flag
"""One step of a review, undone and redone as a whole."""


class ConflictKind(StrEnum):
    """What two reviewers changed differently."""

    CELL = "cell"
    TABLE = "table"
    """The shape or a property of a table."""
    DECISION = "decision"
    STATUS = "status"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that two reviewers changed differently since `base`: ours is in force until a person settles it.

    `place` is a cell ("t03/8/2"), a table id, or a finding's id; `action` is the step on their side, where it is one.
    """

    kind: ConflictKind
    place: str
    base: str
    ours: str
    theirs: str
    action: Action | None = None

    def __str__(self) -> str:
        about = f"{self.kind.value} {self.place}".rstrip()
        said = ""
        if self.kind is ConflictKind.CELL and isinstance(self.action, Decision):
            # They did not change the cell: they found it right, or the document wrong.
            said = f" ({self.action.verdict.value})"
        return f"{about}: ours {str(self.ours)!r}, theirs {str(self.theirs)!r}{said}, before {str(self.base)!r}"


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """The review of one document, as it lies on disk. `corrections` and `decisions` are the truth; `tables` is the
    grid that they lead to. `actions` has corrections, decisions and flags in the order they were taken; `undone` the
    ones that redo would bring back, next one last. `conflicts` are left from a merge and wait for a person. `extra`
    holds unknown keys by section, kept as found."""

    source: RecordedSource
    status: ReviewStatus = ReviewStatus.NEW
    reviewer: str = ""
    updated_at: datetime | None = None
    note: str = ""
    tables: tuple[RecordedTable, ...] = ()
    actions: tuple[Action, ...] = ()
    undone: tuple[Action, ...] = ()
    findings: tuple[RecordedFinding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    schema: int = RECORD_SCHEMA
    assigned: str = ""
    """Who is to review it, "" for nobody."""
    extra: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def says_nothing(self) -> bool:
        """Whether nobody has done, said or been given anything: what else it holds follows from the document."""
        said = self.actions or self.undone or self.conflicts or self.note or self.assigned or self.extra
        return self.status is ReviewStatus.NEW and not said

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections in force, in order."""
        return tuple(action for action in self.actions if isinstance(action, Correction))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in force, in order."""
        return tuple(action for action in self.actions if isinstance(action, Decision))

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The steps that set marks and notes or took them away, in order."""
        return tuple(action for action in self.actions if isinstance(action, Flag))

    @property
    def marks(self) -> tuple[Flag, ...]:
        """The marks and notes in force: the last word on each cell, table or document."""
        last = {flag.ref: flag for flag in self.flags}
        return tuple(flag for flag in last.values() if flag.flagged or flag.note)
