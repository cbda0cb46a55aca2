"""Documents from tables drawn as text: `## form title unit` begins a table, `---` ends its header, `|` parts cells,
`⏎` breaks a line within one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.checks import Reconciliation
from workbench.checks.context import Context
from workbench.model.amount import FigureKind
from workbench.model.table import CellRef, Document
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.system import System
from workbench.tables.interchange.from_json import document_from_json

LINE_BREAK = "⏎"


def read_document(text: str, report: str = "budget", year: int = 2031) -> Document:
    """The document that the `tables` of a case draw."""
    tables: list[dict[str, Any]] = []
    header = True
    for line in text.strip().splitlines():
        if line.startswith("## "):
            form, title, unit = line[3:].split(" ")
            tables.append({"form": form, "title": title, "unit": unit, "header": [], "rows": []})
            header = True
        elif line.strip() == "---":
            header = False
        else:
            cells = [cell.strip().replace(LINE_BREAK, "\n") for cell in line.split("|")]
            tables[-1]["header" if header else "rows"].append(cells)
    data = {"tables": tables, "unit": "万元", "report": report, "fiscal_year": year}
    return document_from_json(data, "case")


def layout_of(drawing: str) -> TableLayout:
    """The layout of one table of these rows, each with a label before it."""
    rows = [["某项", *(cell.strip() for cell in line.split("|"))] for line in drawing.strip("\n").splitlines()]
    heads = [["项目", *(f"第{number}栏" for number in range(1, len(rows[0])))]]
    data = {"tables": [{"title": "表", "form": "other", "unit": "万元", "header": heads, "rows": rows}]}
    document = document_from_json(data, "case")
    return TableLayout(document.tables[0], System(Reconciliation.of(document)))


def amounts(document: Document) -> Iterator[CellRef]:
    """The cells of all columns of amounts that print a number."""
    context = Context(document)
    for table in document.tables:
        columns = [column.index for panel in context.structure(table).panels for column in panel.amounts]
        for row, cells in enumerate(table.rows):
            for column in columns:
                if cells[column].figure.kind is FigureKind.NUMBER:
                    yield CellRef(table.id, row, column)
