"""Documents from tables JSON (`workbench.tables/1`), as any extractor can give it; `to_json` writes the same.

A document read from JSON alone has no published file, so a source is written for it: one page of text that lists its
tables, in which every cell has its anchor. With the published file at hand, cells are anchored there instead
(`alignment.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.errors import FileProblem, InvalidFileError
from workbench.fiscal.entities import region_of
from workbench.model.source import Anchor, Page, SourceDocument
from workbench.model.table import Cell, Document, Form, Problem, ReportKind, Row, StatedFigure, StatedKind, Table

SCHEMA = "workbench.tables/1"

Json = Mapping[str, Any]


def documents_from_json(content: bytes, path: str) -> tuple[Document, ...]:
    """The documents of a tables file: `{"documents": […]}`, or one document as `{"tables": […]}`.

    Raises InvalidFileError naming each thing that is not as the format says, with its place.
    """
    data = _parsed(content, path)
    entries = data.get("documents", [data])
    if not isinstance(entries, list):
        raise InvalidFileError([FileProblem(path, None, "`documents` is not a list")])
    problems = [
        FileProblem(path, None, text)
        for index, entry in enumerate(entries)
        for text in _entry_problems(entry, f"documents[{index}]")
    ]
    if problems:
        raise InvalidFileError(problems)
    digests = [hashlib.sha256(content).hexdigest()] if len(entries) == 1 else _digests(entries)
    return tuple(document_from_json(entry, path, digest=digest) for entry, digest in zip(entries, digests, strict=True))


def _parsed(content: bytes, path: str) -> Json:
    """The object that a tables file holds. Raises InvalidFileError where it is none that this version reads."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidFileError([FileProblem(path, None, "is not UTF-8 text")]) from None
    except RecursionError:
        raise InvalidFileError([FileProblem(path, None, "is nested too deeply")]) from None
    except json.JSONDecodeError as error:
        raise InvalidFileError([FileProblem(path, error.lineno, f"is not JSON: {error.msg}")]) from None
    except ValueError as error:
        raise InvalidFileError([FileProblem(path, None, f"is not JSON: {error}")]) from None
    if b"\\u" in content:
        data = _without_lone_surrogates(data)
    if not isinstance(data, dict):
        raise InvalidFileError([FileProblem(path, None, "holds no object with `tables` or `documents`")])
    schema = data.get("schema")
    if isinstance(schema, str) and schema.startswith("workbench.") and schema != SCHEMA:
        raise InvalidFileError([FileProblem(path, None, f"has schema {schema!r}, this version reads {SCHEMA!r}")])
    return data


def _digests(entries: Iterable[object]) -> list[str]:
    """What each of several documents is known by: its content, wherever it stands in the file and whatever stands
    beside it. Of those that are alike each has its own."""
    seen: Counter[bytes] = Counter()
    digests = []
    for entry in entries:
        content = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
        seen[content] += 1
        again = b"" if seen[content] == 1 else b"\0%d" % seen[content]
        digests.append(hashlib.sha256(content + again).hexdigest())
    return digests


def _without_lone_surrogates(data: Any) -> Any:
    """The same data with U+FFFD for each half of a character that JSON escapes by itself: no file could take it."""
    text = json.dumps(data, ensure_ascii=False)
    return json.loads(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _entry_problems(entry: object, place: str) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{place} is not an object"]
    tables = entry.get("tables")
    if not isinstance(tables, list):
        return [f"{place}.tables is missing or not a list"]
    found: list[str] = []
    for index, table in enumerate(tables):
        where = f"{place}.tables[{index}]"
        if not isinstance(table, dict):
            found.append(f"{where} is not an object")
            continue
        for part in ("header", "rows"):
            grid = table.get(part) or []
            if not isinstance(grid, list) or not all(isinstance(row, list) for row in grid):
                found.append(f"{where}.{part} is not a list of lists")
            elif any(isinstance(text, dict | list | float) for row in grid for text in row):
                found.append(f"{where}.{part} holds something else than strings (write figures as strings)")
    return found


def document_from_json(data: Json, path: str, *, digest: str | None = None) -> Document:
    """One document of a tables file, with a page of text written for it in which every cell is anchored. Rows of
    unequal width are padded with empty cells."""
    writer = _SourceWriter()
    tables = _with_own_ids(
        _table_from_json(entry, index, writer) for index, entry in enumerate(data.get("tables") or [])
    )
    quoted = data.get("stated") or data.get("narrative") or []
    stated = tuple(_stated_from_json(entry, index, writer) for index, entry in enumerate(quoted))
    sha256 = digest or str(data.get("sha256") or hashlib.sha256(writer.text.encode()).hexdigest())
    entity = str(data.get("entity") or "")
    year = data.get("fiscal_year")
    report = str(data.get("report") or "")
    return Document(
        source=SourceDocument(path, sha256, "application/json", "tables/1", (Page(1, writer.text),)),
        entity=entity,
        fiscal_year=year if isinstance(year, int) and not isinstance(year, bool) else None,
        report=ReportKind(report) if report in set(ReportKind) else ReportKind.UNKNOWN,
        unit=str(data.get("unit") or ""),
        tables=tables,
        stated=stated,
        problems=tuple(
            Problem(str(entry.get("message", "")), entry.get("page"))
            for entry in data.get("problems") or []
            if isinstance(entry, dict)
        ),
        title=str(data.get("title") or ""),
        region=region_of(entity),
    )


def _with_own_ids(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables, an id that another one has already told apart by a number: edits and checks name tables by it."""
    named: dict[str, Table] = {}
    for table in tables:
        identifier, number = table.id, 2
        while identifier in named:
            identifier, number = f"{table.id}-{number}", number + 1
        named[identifier] = replace(table, id=identifier)
    return tuple(named.values())


class _SourceWriter:
    """Writes the page of text that stands for the source of a document that came without one."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> tuple[Anchor, ...]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return (Anchor(1, start, self.length),) if text else ()

    def row(self, texts: list[str]) -> Row:
        cells = []
        for index, text in enumerate(texts):
            if index:
                self.write("\t")
            cells.append(Cell(text, self.write(text)))
        self.write("\n")
        return tuple(cells)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _table_from_json(entry: Json, index: int, writer: _SourceWriter) -> Table:
    title = _text(entry.get("title"))
    unit = _text(entry.get("unit"))
    header = [[_text(text) for text in row] for row in entry.get("header") or []]
    rows = [[_text(text) for text in row] for row in entry.get("rows") or []]
    width = max((len(row) for row in header + rows), default=0)
    for row in header + rows:
        row.extend([""] * (width - len(row)))
    title_anchors = writer.write(title)
    writer.write("\n")
    if unit:
        writer.write(f"单位：{unit}\n")
    header_cells = tuple(writer.row(row) for row in header)
    row_cells = tuple(writer.row(row) for row in rows)
    writer.write("\n")
    form = _text(entry.get("form") or entry.get("kind"))
    inferred = {(int(place[0]), int(place[1])) for place in entry.get("inferred") or []}
    if inferred:
        row_cells = tuple(
            tuple(
                Cell(cell.printed, cell.anchors, inferred=(row, column) in inferred)
                for column, cell in enumerate(cells)
            )
            for row, cells in enumerate(row_cells)
        )
    pages = entry.get("pages") or []
    return Table(
        id=_text(entry.get("id")) or f"t{index + 1:02d}",
        title=title,
        form=Form(form) if form in set(Form) else Form.OTHER,
        unit=unit,
        header=header_cells,
        rows=row_cells,
        pages=tuple(page for page in pages if isinstance(page, int)),
        unit_printed=bool(unit) and entry.get("unit_printed", True) is not False,
        title_anchors=title_anchors,
        part_of=_text(entry.get("part_of")),
        notes=tuple(_text(note) for note in entry.get("notes") or [] if isinstance(note, str)),
    )


def _stated_from_json(entry: Json, index: int, writer: _SourceWriter) -> StatedFigure:
    value = _text(entry.get("value"))
    text = _text(entry.get("text") or entry.get("text_anchor"))
    at = text.find(value) if value else -1
    if at < 0:
        writer.write(text + " ")
        anchors = writer.write(value)
    else:
        writer.write(text[:at])
        anchors = writer.write(value)
        writer.write(text[at + len(value) :])
    writer.write("\n")
    kind = _text(entry.get("kind"))
    direction, year = entry.get("direction"), entry.get("year")
    return StatedFigure(
        id=_text(entry.get("id")) or f"s{index + 1:02d}",
        label=_text(entry.get("label")),
        cell=Cell(value, anchors),
        unit=_text(entry.get("unit")),
        text=text,
        kind=StatedKind(kind) if kind in set(StatedKind) else StatedKind.AMOUNT,
        direction=direction if direction in (-1, 1) else 0,
        year=year if isinstance(year, int) and not isinstance(year, bool) else None,
        parent=_text(entry.get("parent")),
    )
