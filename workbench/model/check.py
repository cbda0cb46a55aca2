"""What must hold, and whether it does.

A `Check` is one equation (or other relation) over named cells, built from the structure of a document: labels, codes,
column paths. A `CheckResult` is that check met with the figures that the cells now show. Editing a figure changes
results only; editing a label, a code or the shape of a table changes the checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from workbench.model.draft import draft_of, pickled_by_fields
from workbench.model.edit import Edit
from workbench.model.message import Message
from workbench.model.source import Anchor
from workbench.model.table import CellRef


class Family(StrEnum):
    """The rule families."""

    CHILDREN_SUM = "children_sum"
    ROW_SUM = "row_sum"
    COLUMN_SUM = "column_sum"
    BALANCE = "balance"
    CROSS_TABLE = "cross_table"
    NARRATIVE = "narrative"
    PERCENT = "percent"
    YOY = "yoy"
    PRODUCT = "product"
    PLAN = "plan"
    CODE_NAME = "code_name"
    UNIT = "unit"
    LABEL = "label"
    PLACEMENT = "placement"
    MISSING_TABLE = "missing_table"
    USER = "user"
    EXTRACTION = "extraction"
    """What was read of a document is whole."""
    READERS = "readers"
    """Two readers of the same page disagree on a cell."""


SUM_FAMILIES = frozenset({Family.ROW_SUM, Family.CHILDREN_SUM, Family.COLUMN_SUM, Family.BALANCE})
"""The families that hold a total against its parts within one table."""


class Relation(StrEnum):
    """How the terms of a check hang together."""

    EQUAL = "equal"
    """sum of coefficient × value + constant = 0."""
    AT_MOST = "at_most"
    """sum of coefficient × value + constant ≤ 0 (parts at most the whole: parts +1, whole −1)."""
    RATIO = "ratio"
    """roles share, part, whole: share = 100 × part ÷ whole."""
    GROWTH = "growth"
    """roles growth, current, previous: growth = 100 × (current − previous) ÷ previous."""
    PRODUCT = "product"
    """role product = the product of all terms with role factor."""
    FACT = "fact"
    """Decided when the check was built (a missing table, a code with another name): `Check.fact` is its result."""


class Outcome(StrEnum):
    """What came of a check."""

    PASS = "pass"  # noqa: S105 - no password
    WITHIN_ROUNDING = "within_rounding"
    FAIL = "fail"
    UNVERIFIABLE = "unverifiable"
    CRASHED = "crashed"


class Severity(StrEnum):
    """How much a failure weighs: a proven contradiction, a doubtful one, a remark."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Role = Literal[
    "total", "part",
    "left", "right",
    "value",
    "share", "whole",
    "growth", "current", "previous",
    "product", "factor",
    "label", "code",
]  # fmt: skip
"""What a cell is in its check. total, part: of a sum. left, right: of an equality. value: of an equality of what is no
amount and is not rounded. share, part, whole: of a RATIO; part, whole also of an AT_MOST. growth, current, previous: of
a GROWTH. product, factor: of a PRODUCT. label, code: text that a FACT speaks of."""


class Term(NamedTuple):
    """One cell of a check. `coefficient` includes the sign and any change of unit (10000 for 万元 against 元)."""

    ref: CellRef
    coefficient: Decimal
    role: Role

    @property
    def sign(self) -> int:
        """1 or -1, as written in the equation."""
        return -1 if self.coefficient < 0 else 1


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold.

    `id` is `family:hash`, the hash taken over the family, the forms and titles of its tables and the labels of its
    cells: it survives a re-run and an inserted row. `title` says in words what should hold. `blank_as_zero` says that
    blank addends count as zero (a check all of whose terms are blank is unverifiable all the same). `tolerance` is
    added to what rounding of the printed figures explains. `weak` marks a relation that usually but not always
    follows; localisation prefers to set it aside. `fact` is the outcome of a FACT, None for what figures decide.
    """

    id: str
    family: Family
    relation: Relation
    terms: tuple[Term, ...]
    title: Message
    severity: Severity = Severity.ERROR
    blank_as_zero: bool = True
    tolerance: Decimal = Decimal(0)
    weak: bool = False
    rule: str = ""
    """The name of a user's own rule, "" for built-in ones."""
    fact: Outcome | None = None
    note: Message | None = None
    """What was seen when the check was built and is told with its result."""
    constant: Decimal = Decimal(0)
    """What a linear relation adds to its terms (−100, where shares make 100)."""
    anchors: tuple[Anchor, ...] = ()
    """What it speaks of in the source that is no cell."""

    @property
    def table(self) -> str:
        """The table of its first term, "" where it has none (a missing table)."""
        return self.terms[0].ref.table if self.terms else ""

    @property
    def name(self) -> str:
        """The rule as it is named in output: the user's name for it, or the family."""
        return self.rule or self.family.value


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check met with figures. For sums `printed` is the total as printed and `expected` what its parts make;
    `residual` = printed − expected, in the unit of the first total or left term. None where it could not be told."""

    check: Check
    outcome: Outcome
    expected: Decimal | None = None
    printed: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    note: Message | None = None

    @property
    def residual(self) -> Decimal | None:
        """By how much the printed figure exceeds the expected one."""
        if self.printed is None or self.expected is None:
            return None
        return self.printed - self.expected

    @property
    def failed(self) -> bool:
        """Whether a person must look at it."""
        return self.outcome in (Outcome.FAIL, Outcome.CRASHED)


CheckDraft, CheckResultDraft = draft_of(Check), draft_of(CheckResult)
"""For the places where all of a document are made."""


class Applicability(StrEnum):
    """How sure a suggestion is: `safe` clears something, breaks nothing and is clearly first."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Cause(StrEnum):
    """Whose mistake a finding looks like; proposed to the reviewer, never applied."""

    EXTRACTION = "extraction"
    SOURCE = "source"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A repair and its proof: the edits, the checks it clears and breaks (from a real re-run), its share of the
    probability (0..1), and the reason in words. `method` is the kind of slip it undoes ("digit_swapped", …)."""

    method: str
    applicability: Applicability
    edits: tuple[Edit, ...]
    clears: tuple[str, ...]
    breaks: tuple[str, ...]
    reason: Message
    share: float = 1.0
    cause: Cause = Cause.UNCLEAR


@dataclass(frozen=True, slots=True)
class Finding:
    """One root cause that a person must look at, with the failing checks that it explains, strongest first.

    `id` is the id of its first check; `message` is about that check. `incomplete` says that the search for
    suggestions ran out of its budget.
    """

    id: str
    results: tuple[CheckResult, ...]
    message: Message
    suggestions: tuple[Suggestion, ...] = ()
    incomplete: bool = False

    @property
    def check(self) -> Check:
        """The strongest failing check."""
        return self.results[0].check

    @property
    def outcome(self) -> Outcome:
        """The outcome of the strongest check."""
        return self.results[0].outcome

    @property
    def severity(self) -> Severity:
        """The severity of the strongest check."""
        return self.check.severity

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """All cells of all its checks, each once, those of the strongest first."""
        return tuple(dict.fromkeys(term.ref for result in self.results for term in result.check.terms))
