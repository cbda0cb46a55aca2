"""ReviewRecord ⇄ TOML text: the same text for the same record, and nothing lost that a person added.

The file begins with what people ask first (source, status), then the steps taken, and ends with the reviewed grids, so
that a summary is had from its first lines. Each edit is a block and each row of a grid a line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

import tomli_w

from workbench.errors import FileProblem, InvalidFileError
from workbench.model.check import Outcome
from workbench.model.record import (
    Action,
    Correction,
    Decision,
    RecordedFinding,
    RecordedSource,
    RecordedTable,
    ReviewRecord,
    ReviewStatus,
)
from workbench.model.toml_file import parse_toml as read_toml
from workbench.records.codec.actions import (
    action_from_data,
    action_to_data,
    conflict_from_data,
    conflict_to_data,
    fingerprint,
)
from workbench.records.codec.fields import Fields
from workbench.records.codec.lines import Lines
from workbench.records.codec.markers import marked_line
from workbench.records.codec.migrate import migrate

_KINDS = {"corrections": "correction", "decisions": "decision", "flags": "flag"}
_ARRAY_OF_STRINGS = re.compile(r'^( *)((?:[\w-]+ = )?)\[\n((?:\1    ".*",\n)+)\1\](,?)$', re.MULTILINE)
_UNSAFE_TO_SHOW = re.compile("[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters of the second range, and those that change the direction or hide: escaped, so that the file can
be shown on a terminal. They stand in strings only, where TOML knows the escape."""


def encode(record: ReviewRecord) -> str:
    """The record as TOML. Characters that UTF-8 has no form for (lone surrogates) become U+FFFD."""
    text = tomli_w.dumps(_data(record))
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _ARRAY_OF_STRINGS.sub(_on_one_line, text)
    return _UNSAFE_TO_SHOW.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def decode(text: str, path: str = "record") -> ReviewRecord:
    """The record that the TOML says.

    Raises InvalidFileError with every problem found, RecordSchemaError for a newer schema.
    """
    return _record(migrate(parse_toml(text, path), path), path, Lines(text))


def digest(text: str) -> str:
    """What a record file's text hashes to; "" for no text, which is no file."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def parse_toml(text: str, path: str) -> dict[str, object]:
    """The data of TOML text. Raises InvalidFileError with the line where it is not TOML."""
    try:
        return read_toml(path, text.encode()).data
    except InvalidFileError as error:
        marked = marked_line(text)
        if marked is None:
            raise
        said = f"git left two versions in it; `workbench merge {path}` makes them one"
        raise InvalidFileError([FileProblem(path, marked, said)]) from error


def _on_one_line(match: re.Match[str]) -> str:
    indent, name, items, comma = match.groups()
    texts = [line.strip()[:-1] for line in items.rstrip("\n").split("\n")]
    return f"{indent}{name}[{', '.join(texts)}]{comma}"


def _data(record: ReviewRecord) -> dict[str, object]:
    source = record.source
    data: dict[str, object] = {"schema": record.schema, **_extra(record, "")}
    about: dict[str, object] = {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "reader": source.reader,
        "entity": source.entity,
    }
    if source.fiscal_year is not None:
        about["fiscal_year"] = source.fiscal_year
    if source.report:
        about["report"] = source.report
    about["unit"] = source.unit
    if source.earlier:
        about["earlier"] = list(source.earlier)
    data["source"] = about | _extra(record, "source")
    review: dict[str, object] = {"status": record.status.value, "reviewer": record.reviewer}
    if record.assigned:
        review["assigned"] = record.assigned
    if record.updated_at is not None:
        review["updated_at"] = record.updated_at
    data["review"] = review | {"note": record.note} | _extra(record, "review")
    sections: dict[str, list[dict[str, object]]] = {
        "corrections": [],
        "decisions": [],
        "flags": [],
        "undone": [],
        "conflicts": [conflict_to_data(conflict) for conflict in record.conflicts],
        "findings": [_finding_data(item) | _extra(record, f"findings/{item.id}") for item in record.findings],
        "tables": [_table_data(table) | _extra(record, f"tables/{table.id}") for table in record.tables],
    }
    for step, action in enumerate(record.actions):
        body = _action_data(record, action)
        del body["kind"]
        sections[_section(action)].append({"step": step} | body)
    sections["undone"] = [_action_data(record, action) for action in record.undone]
    return data | {name: items for name, items in sections.items() if items}


def _section(action: Action) -> str:
    if isinstance(action, Correction):
        return "corrections"
    return "decisions" if isinstance(action, Decision) else "flags"


def _action_data(record: ReviewRecord, action: Action) -> dict[str, object]:
    extra = _extra(record, f"action/{fingerprint(action)}") if record.extra else {}
    return action_to_data(action) | extra


def _finding_data(item: RecordedFinding) -> dict[str, object]:
    data: dict[str, object] = {"id": item.id, "rule": item.rule, "outcome": item.outcome.value, "message": item.message}
    return data | {"cells": list(item.cells)} if item.cells else data


def _table_data(table: RecordedTable) -> dict[str, object]:
    return {
        "id": table.id,
        "title": table.title,
        "form": table.form,
        "unit": table.unit,
        "header": [list(row) for row in table.header],
        "rows": [list(row) for row in table.rows],
    }


def _extra(record: ReviewRecord, section: str) -> dict[str, object]:
    return dict(sorted(record.extra.get(section, {}).items()))


def _record(data: Mapping[str, object], path: str, lines: Lines) -> ReviewRecord:
    problems: list[FileProblem] = []
    top = Fields(data, "", path, problems, lines.line_of)
    extra: dict[str, Mapping[str, object]] = {}
    schema = top.integer("schema")
    source = _source(top.table("source"), extra)
    review = top.table("review")
    status = review.choice("status", ReviewStatus, ReviewStatus.NEW)
    reviewer, updated_at, note = review.text("reviewer"), review.moment("updated_at"), review.text("note")
    assigned = review.text("assigned")
    _keep(extra, "review", review)
    actions = sorted(_steps(top, extra), key=lambda pair: pair[0])
    undone = tuple(_actions(top, "undone", None, extra))
    conflicts = tuple(conflict_from_data(item) for item in top.tables("conflicts"))
    findings = tuple(_findings(top, extra))
    tables = tuple(_tables(top, extra))
    _keep(extra, "", top)
    if problems:
        raise InvalidFileError(problems)
    return ReviewRecord(
        source=source,
        status=status,
        reviewer=reviewer,
        updated_at=updated_at,
        note=note,
        tables=tables,
        actions=tuple(action for _, action in actions),
        undone=tuple(action for _, action in undone),
        findings=findings,
        conflicts=conflicts,
        schema=schema,
        assigned=assigned,
        extra=extra,
    )


def _keep(extra: dict[str, Mapping[str, object]], section: str, fields: Fields) -> None:
    rest = fields.rest()
    if rest:
        extra[section] = rest


def _source(fields: Fields, extra: dict[str, Mapping[str, object]]) -> RecordedSource:
    source = RecordedSource(
        fields.text("path"),
        fields.text("sha256", None),
        fields.text("media_type"),
        fields.text("reader"),
        fields.text("entity"),
        fields.optional_integer("fiscal_year"),
        fields.text("unit"),
        fields.texts("earlier"),
        fields.text("report"),
    )
    _keep(extra, "source", fields)
    return source


def _steps(top: Fields, extra: dict[str, Mapping[str, object]]) -> Iterator[tuple[int, Action]]:
    for section, kind in _KINDS.items():
        yield from _actions(top, section, kind, extra)


def _actions(
    top: Fields, section: str, kind: str | None, extra: dict[str, Mapping[str, object]]
) -> Iterator[tuple[int, Action]]:
    for fields in top.tables(section):
        step = fields.integer("step") if kind else 0
        action = action_from_data(fields, kind)
        if action is not None:
            _keep(extra, f"action/{fingerprint(action)}", fields)
            yield step, action


def _findings(top: Fields, extra: dict[str, Mapping[str, object]]) -> Iterator[RecordedFinding]:
    for fields in top.tables("findings"):
        finding = RecordedFinding(
            fields.text("id", None),
            fields.text("rule"),
            fields.choice("outcome", Outcome, Outcome.FAIL),
            fields.text("message"),
            fields.texts("cells"),
        )
        _keep(extra, f"findings/{finding.id}", fields)
        yield finding


def _tables(top: Fields, extra: dict[str, Mapping[str, object]]) -> Iterator[RecordedTable]:
    for fields in top.tables("tables"):
        table = RecordedTable(
            fields.text("id", None),
            fields.text("title"),
            fields.text("form"),
            fields.text("unit"),
            fields.grid("header"),
            fields.grid("rows"),
        )
        _keep(extra, f"tables/{table.id}", fields)
        yield table
