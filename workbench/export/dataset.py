"""What is exported of a reviewed document: its corrected tables, one long list of figures,
and what was settled about them.

Figures stay texts as reviewed; beside them stand the value in its unit and in 元 as exact decimal texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.export.periods import period_of
from workbench.export.rows import (
    CorrectionRow,
    DocumentPart,
    DocumentRow,
    ExportedTable,
    FigureRow,
    FindingRow,
    Measure,
)
from workbench.export.series import series_of
from workbench.fiscal.units import unit_factor
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Document, Row, StatedFigure, StatedKind, Table


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure says beyond its text: what it measures in which unit, and the code and label of its row.

    `code_kind` is the list that the code is from, `name` the label without numbering, code and 其中,
    `level` the depth of the row, 0 for a total.
    """

    measure: Measure = Measure.AMOUNT
    unit: str = ""
    code: str = ""
    label: str = ""
    code_kind: str = ""
    name: str = ""
    level: int | None = None
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands after the review: the checks it is in, those that fail, the verdict on its findings; whether
    others of its table make it up, or it is one of the parts that another names without naming all."""

    checks: int = 0
    failing: int = 0
    ruling: str = ""
    is_total: bool = False
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What is known of a document after its review: where it stands, which cells of its tables are figures and of what,
    how its cells and findings stand, what was changed and ruled."""

    row: Mapping[str, str | int] = field(default_factory=dict)
    senses: Mapping[CellRef, Sense] = field(default_factory=dict)
    standings: Mapping[CellRef, Standing] = field(default_factory=dict)
    corrections: Sequence[CorrectionRow] = ()
    findings: Sequence[FindingRow] = ()


_CHANGES = {StatedKind.CHANGE: "change", StatedKind.GROWTH: "change"}
"""Figures of the text that are a difference between two years, whatever their label."""
_STATED: Mapping[StatedKind, Measure] = {
    StatedKind.SHARE: Measure.PERCENT,
    StatedKind.GROWTH: Measure.PERCENT,
    StatedKind.COUNT: Measure.COUNT,
}


def part_of(document: Document, review: ReviewOutcome) -> DocumentPart:
    """What is exported of this document as reviewed, and of its review."""
    figures = tuple(_figures(document, review))
    name = written(document.source.path)
    row = DocumentRow(
        document=name,
        sha256=document.source.sha256,
        media_type=document.source.media_type,
        reader=document.source.reader,
        entity=document.entity,
        region=document.region,
        fiscal_year=document.fiscal_year,
        report=document.report.value,
        unit=document.unit,
        pages=len(document.source.pages),
        tables=len(document.tables),
        figures=len(figures),
        problems="\n".join(problem.message for problem in document.noticed),
        **review.row,  # type: ignore[arg-type]  # the names are this row's own
    )
    tables = tuple(_exported(document, table) for table in document.tables)
    return DocumentPart(row, figures, tables, tuple(review.corrections), tuple(review.findings))


def copies_marked(parts: Iterable[DocumentPart]) -> Iterator[DocumentPart]:
    """The parts as they come; those of a document whose content came before, under another name, say so, so that
    nothing that is added up counts twice."""
    first: dict[str, str] = {}
    for part in parts:
        before = first.setdefault(part.document.sha256, part.document.document)
        if before == part.document.document:
            yield part
            continue
        figures = tuple(replace(figure, duplicate=True) for figure in part.figures)
        yield replace(part, document=replace(part.document, duplicate_of=before), figures=figures)


def written(path: str) -> str:
    """A path as text that any file takes: what of its bytes is not UTF-8 shows as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _exported(document: Document, table: Table) -> ExportedTable:
    def texts(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(cell.text for cell in row) for row in rows)

    return ExportedTable(
        written(document.source.path),
        document.source.sha256,
        table.id,
        table.title,
        table.form.value,
        table.unit,
        " ".join(map(str, table.pages)),
        texts(table.header),
        texts(table.rows),
    )


def _figures(document: Document, review: ReviewOutcome) -> Iterator[FigureRow]:
    """The figures of the tables, then those of the text."""
    about = document.fiscal_year, document.report
    for table in document.tables:
        paths = [" / ".join(table.column_path(column)) for column in range(table.width)]
        for ref in table.refs():
            sense = review.senses.get(ref)
            if sense is not None:
                cell = table.rows[ref.row][ref.column]
                heads = table.column_path(ref.column)
                series = series_of(heads, table.form.value)
                place = _Place(table.form.value, table.title, paths[ref.column], series, *period_of(heads, *about))
                yield _figure(document, cell, ref, sense, review, place)
    for stated in document.stated:
        if stated.cell.figure.kind is FigureKind.NUMBER:
            ref = CellRef(stated.id, 0, 0)
            year, basis = period_of((stated.label,), *about)
            year, basis = year if stated.year is None else stated.year, _CHANGES.get(stated.kind, basis)
            place = _Place("narrative", "", _said(stated), stated.kind.value, year, basis)
            yield _figure(document, stated.cell, ref, _sense_of(stated), review, place)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure stands: the form and title of its table, the heads over its column, what these speak of, of which
    year and on what basis."""

    form: str
    title: str
    column_path: str
    series: str
    year: int | None
    basis: str


def _said(stated: StatedFigure) -> str:
    """What a figure of the text is; of a difference, which is printed without a sign, also which way it goes."""
    way = {1: " / increase", -1: " / decrease"}.get(stated.direction, "") if stated.kind in _CHANGES else ""
    return f"{stated.kind.value}{way}"


def _sense_of(stated: StatedFigure) -> Sense:
    measure = _STATED.get(stated.kind, Measure.AMOUNT)
    if stated.cell.figure.percent or stated.unit in ("%", "％"):
        measure = Measure.PERCENT
    elif measure is Measure.AMOUNT and unit_factor(stated.unit) is None:
        measure = Measure.PRICE if "元" in stated.unit else Measure.COUNT if stated.unit else Measure.OTHER
    return Sense(measure, stated.unit, label=stated.label, name=label_key(stated.label))


def _figure(
    document: Document,
    cell: Cell,
    ref: CellRef,
    sense: Sense,
    review: ReviewOutcome,
    place: _Place,
) -> FigureRow:
    value = cell.figure.value
    of_money = sense.measure in (Measure.AMOUNT, Measure.PRICE)
    factor = unit_factor(sense.unit) if of_money else None
    standing = review.standings.get(ref, Standing())
    return FigureRow(
        document=written(document.source.path),
        sha256=document.source.sha256,
        entity=document.entity,
        region=document.region,
        fiscal_year=document.fiscal_year,
        report=document.report.value,
        year=place.year,
        basis=place.basis,
        table=ref.table,
        form=place.form,
        title=place.title,
        measure=sense.measure.value,
        unit=sense.unit,
        row=ref.row,
        column=ref.column,
        code=sense.code,
        code_kind=sense.code_kind,
        name=sense.name,
        level=sense.level,
        is_total=sense.level == 0 or standing.is_total,
        of_which=sense.of_which or standing.of_which,
        label=sense.label,
        column_path=place.column_path,
        series=place.series,
        printed=cell.printed,
        value="" if value is None else f"{value:f}",
        value_yuan="" if value is None or factor is None else f"{value * factor:f}",
        corrected=cell.corrected is not None,
        inferred=cell.inferred,
        checks=standing.checks,
        failing=standing.failing,
        ruling=standing.ruling,
        page=cell.anchors[0].page if cell.anchors else None,
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
