"""What is exported of a reviewed document: its corrected tables, one long list of figures, and what was settled about them.

Figures stay texts as reviewed; beside them stand the value in its unit and in 元 as exact decimal texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.export.rows import (
    CorrectionRow,
    DocumentPart,
    DocumentRow,
    ExportedTable,
    FigureRow,
    FindingRow,
    Measure,
)
from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Document, Row, StatedFigure, StatedKind, Table


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure says beyond its text: what it measures in which unit, and the code and label of its row."""

    measure: Measure = Measure.AMOUNT
    unit: str = ""
    code: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands after the review: the checks it is in, those that fail, the verdict on its findings."""

    checks: int = 0
    failing: int = 0
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What is known of a document after its review: where it stands, which cells of its tables are figures and of what,
    how its cells and findings stand, what was changed and ruled."""

    row: Mapping[str, str | int] = field(default_factory=dict)
    senses: Mapping[CellRef, Sense] = field(default_factory=dict)
    standings: Mapping[CellRef, Standing] = field(default_factory=dict)
    corrections: Sequence[CorrectionRow] = ()
    findings: Sequence[FindingRow] = ()


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
    return DocumentPart(row, figures, tables, tuple(review.corrections), tuple(review.findings))


def written(path: str) -> str:
    """A path as text that any file takes: what of its bytes is not UTF-8 shows as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _year(document: Document) -> str:
    return "" if document.fiscal_year is None else str(document.fiscal_year)


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
    for table in document.tables:
        paths = [" / ".join(table.column_path(column)) for column in range(table.width)]
        for ref in table.refs():
            sense = review.senses.get(ref)
            if sense is not None:
                cell = table.rows[ref.row][ref.column]
                yield _figure(document, cell, ref, sense, review, paths[ref.column], (table.form.value, table.title))
    for stated in document.stated:
        if stated.cell.figure.kind is FigureKind.NUMBER:
            ref = CellRef(stated.id, 0, 0)
            yield _figure(document, stated.cell, ref, _sense_of(stated), review, stated.kind.value, ("narrative", ""))


def _sense_of(stated: StatedFigure) -> Sense:
    measure = _STATED.get(stated.kind, Measure.AMOUNT)
    if stated.cell.figure.percent or stated.unit in ("%", "％"):
        measure = Measure.PERCENT
    elif measure is Measure.AMOUNT and unit_factor(stated.unit) is None:
        measure = Measure.PRICE if "元" in stated.unit else Measure.COUNT if stated.unit else Measure.OTHER
    return Sense(measure, stated.unit, "", stated.label)


def _figure(
    document: Document,
    cell: Cell,
    ref: CellRef,
    sense: Sense,
    review: ReviewOutcome,
    column_path: str,
    place: tuple[str, str],
) -> FigureRow:
    value = cell.figure.value
    if value is None:
        raise ValueError(f"{cell.text!r} is no figure")
    of_money = sense.measure in (Measure.AMOUNT, Measure.PRICE)
    factor = unit_factor(sense.unit) if of_money else None
    standing = review.standings.get(ref, Standing())
    form, title = place
    return FigureRow(
        document=written(document.source.path),
        sha256=document.source.sha256,
        entity=document.entity,
        fiscal_year=_year(document),
        report=document.report.value,
        table=ref.table,
        form=form,
        title=title,
        measure=sense.measure.value,
        unit=sense.unit,
        row=ref.row,
        column=ref.column,
        code=sense.code,
        label=sense.label,
        column_path=column_path,
        printed=cell.printed,
        value=f"{value:f}",
        value_yuan="" if factor is None else f"{value * factor:f}",
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
