"""What is exported of a reviewed document: its corrected tables, one long list of figures, and what was settled about them.

Figures stay strings as reviewed; beside them stand the value in the table's unit and in 元 as exact decimal strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from decimal import Decimal

from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import Cell, CellRef, Document, Row, Table


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: what it is, where its review stands, and how its checks came out after the review."""

    document: str
    sha256: str
    media_type: str
    reader: str
    entity: str
    region: str
    fiscal_year: str
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


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the long table: where it stands, under which labels, as printed and as reviewed.

    `checks` and `failing` count the checks that the figure stands in and those of them that fail after the review;
    `ruling` is the verdict on a finding that it stands in. `box` is its place on the page in points, "x0 top x1 bottom".
    """

    document: str
    sha256: str
    entity: str
    fiscal_year: str
    report: str
    table: str
    form: str
    title: str
    unit: str
    row: int
    column: int
    code: str
    label: str
    column_path: str
    printed: str
    value: str
    value_yuan: str
    corrected: bool
    inferred: bool
    checks: int
    failing: int
    ruling: str
    page: str
    box: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One corrected table as texts."""

    document: str
    id: str
    title: str
    form: str
    unit: str
    pages: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One settled point: what was changed or ruled, by whom, when and why."""

    document: str
    kind: str
    place: str
    before: str
    after: str
    by: str
    at: str
    method: str
    note: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding that stands after the review, and what was ruled on it ("" while it is open)."""

    document: str
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
class Standing:
    """How a cell stands after the review: the checks it is in, those that fail, the verdict on its findings."""

    checks: int = 0
    failing: int = 0
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Everything that an export writes of one document."""

    document: DocumentRow
    figures: tuple[FigureRow, ...]
    tables: tuple[ExportedTable, ...]
    corrections: tuple[CorrectionRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What a review adds to a document: where it stands, what was changed and ruled, how its cells and findings stand."""

    row: Mapping[str, str | int] = field(default_factory=dict)
    standings: Mapping[CellRef, Standing] = field(default_factory=dict)
    corrections: Sequence[CorrectionRow] = ()
    findings: Sequence[FindingRow] = ()


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

_INTEGERS = frozenset(
    {"row", "column", "pages", "tables", "figures", "corrections", "decisions", "open_findings", "checks"}
    | {"passing", "within_rounding", "failing", "unverifiable", "crashed"}
)
_NUMBERS = frozenset({"value", "value_yuan", "expected", "residual", "tolerance"})
_BOOLEANS = frozenset({"corrected", "inferred"})


def kind_of(column: str, name: str) -> str:
    """The type of a column of the list `name`, as Frictionless names it. `pages` and `printed` are texts in some lists."""
    if column in _INTEGERS and not (name == "tables" and column == "pages"):
        return "integer"
    if column in _NUMBERS or (name == "findings" and column == "printed"):
        return "number"
    return "boolean" if column in _BOOLEANS else "string"


def rows_of(part: DocumentPart) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The rows of a document for each list, as plain tuples in the order of the list's columns."""
    yield "documents", [astuple(part.document)]
    yield "figures", [astuple(row) for row in part.figures]
    yield "corrections", [astuple(row) for row in part.corrections]
    yield "findings", [astuple(row) for row in part.findings]


def part_of(document: Document, review: ReviewOutcome | None = None) -> DocumentPart:
    """What is exported of this document as reviewed, and of its review."""
    review = review or ReviewOutcome()
    figures = [row for table in document.tables for row in _figures(document, table, review.standings)]
    figures += _stated(document, review.standings)
    row = DocumentRow(
        document=document.source.path,
        sha256=document.source.sha256,
        media_type=document.source.media_type,
        reader=document.source.reader,
        entity=document.entity,
        region=document.region,
        fiscal_year=_year(document),
        report=document.report.value,
        unit=document.unit,
        pages=len(document.source.pages),
        tables=len(document.tables),
        figures=len(figures),
        problems="\n".join(problem.message for problem in document.problems),
        **review.row,  # type: ignore[arg-type]  # the names are this row's own
    )
    tables = tuple(_exported(document, table) for table in document.tables)
    return DocumentPart(row, tuple(figures), tables, tuple(review.corrections), tuple(review.findings))


def _year(document: Document) -> str:
    return "" if document.fiscal_year is None else str(document.fiscal_year)


def _exported(document: Document, table: Table) -> ExportedTable:
    def texts(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(cell.text for cell in row) for row in rows)

    return ExportedTable(
        document.source.path,
        table.id,
        table.title,
        table.form.value,
        table.unit,
        " ".join(map(str, table.pages)),
        texts(table.header),
        texts(table.rows),
    )


def _figures(document: Document, table: Table, standings: Mapping[CellRef, Standing]) -> Iterable[FigureRow]:
    paths = [" / ".join(table.column_path(column)) for column in range(table.width)]
    factor = unit_factor(table.unit)
    for index, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell.figure.kind is not FigureKind.NUMBER or is_code_column(paths[column]):
                continue
            code, label = labels_left_of(row, column)
            ref = CellRef(table.id, index, column)
            standing = standings.get(ref, Standing())
            yield _figure_row(document, cell, table.unit, factor, ref, (code, label, paths[column]), standing, table)


def _stated(document: Document, standings: Mapping[CellRef, Standing]) -> Iterable[FigureRow]:
    for stated in document.stated:
        if stated.cell.figure.kind is not FigureKind.NUMBER:
            continue
        yield _figure_row(
            document,
            stated.cell,
            stated.unit,
            unit_factor(stated.unit),
            CellRef(stated.id, 0, 0),
            ("", stated.label, stated.kind.value),
            standings.get(CellRef(stated.id, 0, 0), Standing()),
        )


def _figure_row(
    document: Document,
    cell: Cell,
    unit: str,
    factor: Decimal | None,
    ref: CellRef,
    labels: tuple[str, str, str],
    standing: Standing,
    table: Table | None = None,
) -> FigureRow:
    value = cell.figure.value
    if value is None:
        raise ValueError(f"{cell.text!r} is no figure")
    in_yuan = "" if factor is None or cell.figure.percent else f"{value * factor:f}"
    return FigureRow(
        document=document.source.path,
        sha256=document.source.sha256,
        entity=document.entity,
        fiscal_year=_year(document),
        report=document.report.value,
        table=ref.table,
        form=table.form.value if table else "narrative",
        title=table.title if table else "",
        unit=unit,
        row=ref.row,
        column=ref.column,
        code=labels[0],
        label=labels[1],
        column_path=labels[2],
        printed=cell.printed,
        value=f"{value:f}",
        value_yuan=in_yuan,
        corrected=cell.corrected is not None,
        inferred=cell.inferred,
        checks=standing.checks,
        failing=standing.failing,
        ruling=standing.ruling,
        page=str(cell.anchors[0].page) if cell.anchors else "",
        box=_box_of(cell),
    )


def _box_of(cell: Cell) -> str:
    """The smallest box around the cell's pieces on its first page, "" where it has no place."""
    boxes = [anchor.box for anchor in cell.anchors if anchor.box and anchor.page == cell.anchors[0].page]
    if not boxes:
        return ""
    sides = (
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
    return " ".join(f"{side:.1f}" for side in sides)


_CODE_HEADS = frozenset(
    {"科目编码", "编码", "代码", "科目代码", "序号", "行次", "类", "款", "项", "单位编码", "单位代码", "项目编码"}
)


def is_code_column(path: str) -> bool:
    """Whether the last heading of a column path says that it holds codes or numbers of rows, not figures."""
    return match_key(path.split(" / ")[-1]) in _CODE_HEADS


def labels_left_of(row: Row, column: int) -> tuple[str, str]:
    """The code (joined over 类 款 项 columns) and the nearest label to the left of a figure in its row."""
    code = ""
    label = ""
    for cell in row[:column]:
        text = match_key(cell.text)
        if not text:
            continue
        kind = read_figure(text).kind
        if text.isdigit() and len(text) <= 9:
            code += text
        elif kind is FigureKind.TEXT:
            label = cell.text
            if any(
                other.figure.kind is FigureKind.NUMBER and not match_key(other.text).isdigit() for other in row[:column]
            ):
                code = ""
    return code, label
