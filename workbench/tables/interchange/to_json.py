"""Documents as tables JSON (`workbench.tables/1`), which `workbench tables` prints; `from_json` reads the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from workbench.model.table import Document, Problem, StatedFigure, Table


def document_to_json(document: Document) -> dict[str, Any]:
    """One entry of `documents`, ready for `json.dumps`: the reviewed texts of all tables and stated figures. Figures
    are strings, empty cells are ""."""
    return {
        "path": document.source.path,
        "sha256": document.source.sha256,
        "title": document.title,
        "entity": document.entity,
        "fiscal_year": document.fiscal_year,
        "report": document.report.value,
        "unit": document.unit,
        "tables": [_table_to_json(table) for table in document.tables],
        "stated": [_stated_to_json(stated) for stated in document.stated],
        "problems": [_problem_to_json(problem) for problem in document.noticed],
    }


def long_document_to_json(head: Document, tables: Iterable[Table]) -> Iterator[str]:
    """The entry of a document whose tables come one by one, in pieces to be written one behind the other. Stated
    figures are left out, and the entry says so."""
    entry = document_to_json(replace(head, tables=(), stated=()))
    note = Problem("read page by page since it is long: figures stated in its text are left out")
    entry["problems"].append(_problem_to_json(note))
    for part in ("tables", "stated"):
        del entry[part]
    yield json.dumps(entry, ensure_ascii=False)[:-1] + ', "stated": [], "tables": ['
    separator = "\n"
    for table in tables:
        yield separator + json.dumps(_table_to_json(table), ensure_ascii=False)
        separator = ",\n"
    yield "]}"


def _table_to_json(table: Table) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": table.id,
        "title": table.title,
        "form": table.form.value,
        "unit": table.unit,
        "pages": list(table.pages),
        "header": [[cell.text for cell in row] for row in table.header],
        "rows": [[cell.text for cell in row] for row in table.rows],
    }
    if table.part_of:
        entry["part_of"] = table.part_of
    if table.notes:
        entry["notes"] = list(table.notes)
    inferred = [
        [row, column] for row, cells in enumerate(table.rows) for column, cell in enumerate(cells) if cell.inferred
    ]
    if inferred:
        entry["inferred"] = inferred
    return entry


def _stated_to_json(stated: StatedFigure) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": stated.id,
        "label": stated.label,
        "value": stated.value,
        "unit": stated.unit,
        "kind": stated.kind.value,
        "text": stated.text,
    }
    if stated.direction:
        entry["direction"] = stated.direction
    if stated.year is not None:
        entry["year"] = stated.year
    if stated.parent:
        entry["parent"] = stated.parent
    return entry


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    return {"message": problem.message, "page": problem.page}
