"""The lists of a data set: what one row of each says, and of which type its columns are. Figures are exact texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter


class Measure(StrEnum):
    """What a figure measures, by the column and the row that it stands in."""

    AMOUNT = "amount"
    COUNT = "count"
    PRICE = "price"
    PERCENT = "percent"
    OTHER = "other"
    """A number among words: the value of an indicator, a year."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: what it is, where its review stands, and how its checks came out after the review."""

    document: str
    sha256: str
    media_type: str
    reader: str
    entity: str
    region: str
    fiscal_year: int | None
    report: str
    unit: str
    pages: int
    tables: int
    figures: int
    status: str = "new"
    reviewer: str = ""
    updated_at: str = ""
    note: str = ""
    corrections: int = 0
    decisions: int = 0
    open_findings: int = 0
    passing: int = 0
    within_rounding: int = 0
    failing: int = 0
    unverifiable: int = 0
    crashed: int = 0
    problems: str = ""
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the long table: where it stands, under which labels, as printed and as reviewed.

    `year` and `basis` are those of the figure, which a column of last year's makes others than the document's. `level`
    is the depth of its row: of the code, else of the numbering; 0 for totals, None where neither tells. What is neither
    `is_total` nor `of_which` adds up to the whole without counting anything twice. A figure that cannot be read has no
    `value`. `duplicate` says that a document of the same content came before.

    `checks` and `failing` count the checks that the figure stands in and those of them that fail after the review;
    `ruling` is the verdict on a finding that it stands in. `box` is its place on the page in points,
    "x0 top x1 bottom".
    """

    document: str
    sha256: str
    entity: str
    region: str
    fiscal_year: int | None
    report: str
    year: int | None
    basis: str
    table: str
    form: str
    title: str
    measure: str
    unit: str
    row: int
    column: int
    code: str
    code_kind: str
    name: str
    level: int | None
    is_total: bool
    of_which: bool
    label: str
    column_path: str
    series: str
    printed: str
    value: str
    value_yuan: str
    corrected: bool
    inferred: bool
    checks: int
    failing: int
    ruling: str
    page: int | None
    box: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One settled point: what was changed or ruled, where (the names of its row and column outlast a new numbering), by
    whom, when and why. `applied` says that it is in the tables: one that no longer fits the document is not."""

    document: str
    sha256: str
    kind: str
    place: str
    finding: str
    row_label: str
    column_label: str
    before: str
    after: str
    applied: bool
    by: str
    at: str
    method: str
    note: str

    @property
    def moves(self) -> dict[str, object]:
        """What a change of shape (cells moved, rows put in or taken out) says; nothing of any other row."""
        if self.method == "decision" or self.before or not self.after.startswith("{") or "/" in self.place:
            return {}
        try:
            said = json.loads(self.after)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    @property
    def told(self) -> str:
        """What is right from now on, as people read it."""
        return ", ".join(f"{name} {_plain(value)}" for name, value in self.moves.items()) or self.after


def _plain(value: object) -> str:
    """A value of a change of shape without the marks of JSON: cells apart by blanks, rows by bars."""
    if not isinstance(value, list):
        return str(value)
    return (" | " if any(isinstance(item, list) for item in value) else " ").join(map(_plain, value))


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding that stands after the review, and what was ruled on it ("" while it is open)."""

    document: str
    sha256: str
    finding: str
    rule: str
    outcome: str
    severity: str
    verdict: str
    message: str
    cells: str
    expected: str
    printed: str
    residual: str
    tolerance: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One corrected table as texts."""

    document: str
    sha256: str
    id: str
    title: str
    form: str
    unit: str
    pages: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Everything that an export writes of one document."""

    document: DocumentRow
    figures: tuple[FigureRow, ...]
    tables: tuple[ExportedTable, ...]
    corrections: tuple[CorrectionRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()


LISTS: dict[str, tuple[str, ...]] = {
    name: tuple(column.name for column in fields(row))
    for name, row in (
        ("documents", DocumentRow),
        ("figures", FigureRow),
        ("corrections", CorrectionRow),
        ("findings", FindingRow),
    )
}
"""The flat lists of a data set and their columns."""
_FIELDS = {name: attrgetter(*columns) for name, columns in LISTS.items()}
TABLE_COLUMNS = tuple(column.name for column in fields(ExportedTable) if column.name not in ("header", "rows"))
"""What is said of a table beside its grid."""

_INTEGERS = frozenset(
    {"row", "column", "pages", "tables", "figures", "corrections", "decisions", "open_findings", "checks"}
    | {"passing", "within_rounding", "failing", "unverifiable", "crashed"}
)
NULLABLE = frozenset({"fiscal_year", "year", "level", "page"})
"""Whole numbers that are not always known; None then, and nothing at all in the files."""
_NUMBERS = frozenset({"value", "value_yuan", "expected", "residual", "tolerance"})
_BOOLEANS = frozenset({"corrected", "inferred", "applied", "is_total", "of_which", "duplicate"})


def kind_of(column: str, name: str) -> str:
    """The type of a column of the list `name`, as Frictionless names it.
    `pages` and `printed` are texts in some lists."""
    if column in _INTEGERS | NULLABLE and not (name == "tables" and column == "pages"):
        return "integer"
    if column in _NUMBERS or (name == "findings" and column == "printed"):
        return "number"
    return "boolean" if column in _BOOLEANS else "string"


def rows_of(part: DocumentPart) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The rows of a document for each list, as plain tuples in the order of the list's columns."""
    yield "documents", _tuples("documents", (part.document,))
    yield "figures", _tuples("figures", part.figures)
    yield "corrections", _tuples("corrections", part.corrections)
    yield "findings", _tuples("findings", part.findings)


def _tuples(name: str, rows: Iterable[object]) -> list[tuple[object, ...]]:
    # Not `astuple`, which copies every text of it deeply: of thousands of documents that is a third of the time.
    return list(map(_FIELDS[name], rows))


def table_fields(table: ExportedTable) -> tuple[str, ...]:
    """What is said of a table beside its grid, in the order of `TABLE_COLUMNS`."""
    return tuple(getattr(table, name) for name in TABLE_COLUMNS)
