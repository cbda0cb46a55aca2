"""A small made-up disclosure for the tests of review and records, checked by rules that these tests know by heart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from workbench.checks import describe, evaluate
from workbench.model.amount import FigureKind, print_like
from workbench.model.check import Applicability, Check, CheckResult, Family, Finding, Relation, Suggestion, Term
from workbench.model.edit import Edit, SetCell, touches_structure
from workbench.model.message import Message
from workbench.model.source import Page, SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, StatedFigure, Table
from workbench.pipeline import Analysis
from workbench.repairs import Constraints

SHA = "5e1f" * 16
HEADER = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
ROWS = (
    ("201", "一般公共服务支出", "120.00", "70.00", "50.00"),
    ("20103", "政府办公厅事务", "80.00", "60.00", "20.00"),
    ("20199", "其他一般公共服务支出", "45.00", "15.00", "30.00"),
    ("205", "教育支出", "30.00", "", "30.00"),
)
"""In row 2 the total says 45.00 and its parts 45.00; made wrong by `document(slip=True)`."""


@dataclass(frozen=True)
class Totals:
    """Stands for a reconciliation: in every row of five columns, total = basic + project."""

    document: Document
    checks: tuple[Check, ...]
    results: tuple[CheckResult, ...]

    @classmethod
    def of(cls, document: Document) -> Totals:
        checks = tuple(_checks(document))
        return cls(document, checks, evaluate(document, checks))

    def prepare(self) -> None:
        """Nothing is kept."""

    def rebuilds(self, document: Document, edits: Sequence[Edit]) -> bool:
        return any(
            touches_structure(edit) or not isinstance(edit, SetCell) or edit.ref.column < 2 or not edit.after
            for edit in edits
        )

    def rebuilt(self, document: Document) -> Totals:
        return Totals.of(document)

    def re_evaluated(self, document: Document, refs: Sequence[CellRef]) -> Totals:
        return Totals(document, self.checks, evaluate(document, self.checks))

    def after(self, document: Document, edits: Sequence[Edit]) -> Totals:
        return Totals.of(document)

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        return tuple(result for result in self.results if result.failed)

    def results_of(self, ref: CellRef) -> tuple[CheckResult, ...]:
        return tuple(result for result in self.results if ref in [term.ref for term in result.check.terms])


def _checks(document: Document) -> Iterator[Check]:
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            if table.width == 5 and cells[2].figure.kind in (FigureKind.NUMBER, FigureKind.GARBLED):
                terms = [Term(CellRef(table.id, row, 2), Decimal(1), "total")]
                terms += [Term(CellRef(table.id, row, column), Decimal(-1), "part") for column in (3, 4)]
                name = f"row_sum:{table.title}-{cells[0].text}-{cells[1].text}"
                title = Message(f"the parts of {cells[1].text}", f"{cells[1].text}的分项之和")
                yield Check(name, Family.ROW_SUM, Relation.EQUAL, tuple(terms), title)


def table(identifier: str = "t01", rows: tuple[tuple[str, ...], ...] = ROWS) -> Table:
    """A table of these rows under the common header."""
    return Table(
        identifier,
        f"支出总表 {identifier}",
        Form.EXPENDITURE_SUMMARY,
        "万元",
        tuple(tuple(Cell(text) for text in row) for row in HEADER),
        tuple(tuple(Cell(text) for text in row) for row in rows),
        (1,),
    )


def document(
    *, slip: bool = False, tables: tuple[Table, ...] | None = None, path: str = "青禾县教育局.txt", sha256: str = SHA
) -> Document:
    """The disclosure; with a slip the total of 教育支出 says 80.00 for 30.00 and that of 20103 8.00 for 80.00."""
    made = tables or (table(), table("t02"))
    if slip:
        made = (made[0].with_cell(3, 2, Cell("80.00")).with_cell(1, 2, Cell("8.00")), *made[1:])
    source = SourceDocument(path, sha256, "text/plain", "text/1", (Page(1, "青禾县"),))
    stated = StatedFigure("s01", "支出总计", Cell("150.00"), "万元", "支出总计150.00万元")
    return Document(source, "青禾县教育局", 2031, ReportKind.BUDGET, "万元", made, (stated,))


class StandIn:
    """An analyst that knows one document and one rule; every failing row is a finding of its own, with the total that
    its parts make as a safe suggestion."""

    def __init__(self, parsed: Document) -> None:
        self.parsed = parsed
        self.searches = 0

    def analyse(self, path: Path) -> Analysis:
        reconciliation = Totals.of(self.parsed)
        return Analysis(path, self.parsed, reconciliation, self.find_causes(reconciliation, Constraints()))

    def find_causes(self, reconciliation: Totals, constraints: Constraints) -> tuple[Finding, ...]:
        self.searches += 1
        return tuple(
            Finding(result.check.id, (result,), describe(result, reconciliation.document), suggestions)
            for result in reconciliation.failures
            for suggestions in [_suggestions(reconciliation, result.check, constraints)]
        )


def _suggestions(reconciliation: Totals, check: Check, constraints: Constraints) -> tuple[Suggestion, ...]:
    shown = reconciliation.document
    ref = check.terms[0].ref
    parts = [shown.cell(term.ref).figure.value or Decimal(0) for term in check.terms[1:]]
    before = shown.cell(ref).text
    after = print_like(sum(parts, Decimal(0)), before)
    if ref in constraints.immovable or (ref, after) in constraints.rejected:
        return ()
    edits = (SetCell(ref, before, after),)
    reason = Message("the parts make it", "由分项得出")
    return (Suggestion("total_from_parts", Applicability.SAFE, edits, (check.id,), (), reason),)


class Clock:
    """A clock that moves on by a second with every look."""

    def __init__(self, start: datetime = datetime(2031, 3, 2, 9, 30, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
