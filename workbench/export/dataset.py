"""What is exported: the corrected tables, one long list of figures, and what was settled about them.

Figures stay strings as reviewed; beside them stand the value in the table's unit and in 元 as exact decimal strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from decimal import Decimal

from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import Cell, Document, Row, Table


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the long table: where it stands, under which labels, as printed and as reviewed."""

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
    page: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One corrected table as texts."""

    document: str
    id: str
    title: str
    form: str
    unit: str
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
class Dataset:
    """Everything that an export writes."""

    tables: tuple[ExportedTable, ...]
    figures: tuple[FigureRow, ...]
    corrections: tuple[CorrectionRow, ...] = ()


FIGURE_COLUMNS = tuple(column.name for column in fields(FigureRow))
CORRECTION_COLUMNS = tuple(column.name for column in fields(CorrectionRow))


def dataset_of(documents: Iterable[Document], corrections: Iterable[CorrectionRow] = ()) -> Dataset:
    """The data set of these reviewed documents."""
    tables: list[ExportedTable] = []
    figures: list[FigureRow] = []
    for document in documents:
        for table in document.tables:
            tables.append(_exported(document, table))
            figures.extend(_figures(document, table))
        figures.extend(_stated(document))
    return Dataset(tuple(tables), tuple(figures), tuple(corrections))


def as_records(rows: Iterable[FigureRow | CorrectionRow]) -> list[tuple[object, ...]]:
    """The rows as plain tuples in the order of their columns."""
    return [astuple(row) for row in rows]


def _exported(document: Document, table: Table) -> ExportedTable:
    def texts(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(cell.text for cell in row) for row in rows)

    return ExportedTable(
        document.source.path,
        table.id,
        table.title,
        table.form.value,
        table.unit,
        texts(table.header),
        texts(table.rows),
    )


def _figures(document: Document, table: Table) -> Iterable[FigureRow]:
    paths = [" / ".join(table.column_path(column)) for column in range(table.width)]
    factor = unit_factor(table.unit)
    for index, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell.figure.kind is not FigureKind.NUMBER or is_code_column(paths[column]):
                continue
            code, label = labels_left_of(row, column)
            yield _figure_row(document, cell, table.unit, factor, (index, column), (code, label, paths[column]), table)


def _stated(document: Document) -> Iterable[FigureRow]:
    for stated in document.stated:
        if stated.cell.figure.kind is not FigureKind.NUMBER:
            continue
        yield _figure_row(
            document,
            stated.cell,
            stated.unit,
            unit_factor(stated.unit),
            (0, 0),
            ("", stated.label, stated.kind.value),
            None,
            stated.id,
        )


def _figure_row(
    document: Document,
    cell: Cell,
    unit: str,
    factor: Decimal | None,
    place: tuple[int, int],
    labels: tuple[str, str, str],
    table: Table | None,
    stated: str = "",
) -> FigureRow:
    value = cell.figure.value
    if value is None:
        raise ValueError(f"{cell.text!r} is no figure")
    in_yuan = "" if factor is None or cell.figure.percent else f"{value * factor:f}"
    return FigureRow(
        document=document.source.path,
        sha256=document.source.sha256,
        entity=document.entity,
        fiscal_year="" if document.fiscal_year is None else str(document.fiscal_year),
        report=document.report.value,
        table=table.id if table else stated,
        form=table.form.value if table else "narrative",
        title=table.title if table else "",
        unit=unit,
        row=place[0],
        column=place[1],
        code=labels[0],
        label=labels[1],
        column_path=labels[2],
        printed=cell.printed,
        value=f"{value:f}",
        value_yuan=in_yuan,
        corrected=cell.corrected is not None,
        inferred=cell.inferred,
        page=str(cell.anchors[0].page) if cell.anchors else "",
    )


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
