"""What many records say together: progress of a folder, agreement of two reviewers; and schemas, old and new."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.reviewing import Clock, StandIn, document
from workbench.cli import main
from workbench.errors import InvalidFileError, RecordSchemaError
from workbench.model.check import Applicability
from workbench.model.edit import EDIT_KINDS, SetCell
from workbench.model.record import Decision, ReviewRecord, ReviewStatus, Verdict
from workbench.model.table import CellRef
from workbench.records.agreement import agreement_of, compare
from workbench.records.codec.actions import edit_to_data
from workbench.records.codec.migrate import migrate
from workbench.records.codec.record import decode, encode
from workbench.records.index import read_index, summary_for
from workbench.records.schema import load_schema
from workbench.review import ReviewSession
from workbench.tables.interchange.to_json import document_to_json

SOURCE = Path("青禾县教育局.txt")
AT = datetime(2031, 3, 2, tzinfo=UTC)


def reviewed(folder: Path, reviewer: str, total: str, verdict: Verdict | None) -> ReviewRecord:
    """A saved review in which one total was corrected and the other finding ruled on."""
    with ReviewSession.open(
        SOURCE, records=folder, reviewer=reviewer, clock=Clock(), analyst=StandIn(document(slip=True))
    ) as session:
        session.apply((SetCell(CellRef("t01", 3, 2), "80.00", total),))
        if verdict:
            session.decide("row_sum:支出总表 t01-20103-政府办公厅事务", verdict)
        return decode(session.save().read_text("utf-8"))


def test_the_index_says_in_short_what_the_records_say(tmp_path: Path) -> None:
    reviewed(tmp_path, "李文", "30.00", Verdict.SOURCE_ERROR)
    (tmp_path / "broken.toml").write_text("schema = ", "utf-8")
    (tmp_path / "newer.toml").write_text("schema = 99", "utf-8")
    (tmp_path / ".hidden.toml").write_text("", "utf-8")
    index = read_index(tmp_path)
    (summary,) = index.records
    assert (summary.entity, summary.fiscal_year, summary.status) == ("青禾县教育局", 2031, ReviewStatus.IN_REVIEW)
    assert (summary.corrections, summary.decisions, summary.findings, summary.open) == (1, 1, 1, 0)
    assert (summary.unsaved, summary.holder, summary.verdicts) == (False, "", {"source_error": 1})
    assert [type(problem) for problem in index.problems] == [InvalidFileError, RecordSchemaError]
    assert index.as_rows()[1:] == [
        ["青禾县教育局", "2031", "in_review", "李文", "1", "1", "1", "0", "0"],
        ["all", "", "", "", "1", "1", "1", "0", "0"],
    ]
    assert summary_for(tmp_path, SOURCE, document().source.sha256) == summary
    assert json.loads(json.dumps(index.as_json()))["statuses"]["in_review"] == 1


def test_the_index_says_who_is_at_a_record_and_that_not_all_is_saved(tmp_path: Path) -> None:
    with ReviewSession.open(
        SOURCE, records=tmp_path, reviewer="王芳", clock=Clock(), analyst=StandIn(document(slip=True))
    ) as session:
        session.save()
        session.flag(CellRef("t01", 0, 0))
        (summary,) = read_index(tmp_path).records
    assert summary.unsaved and summary.holder.startswith("王芳 on ")


def test_each_thing_that_is_wrong_in_a_record_is_told_once(tmp_path: Path) -> None:
    text = encode(reviewed(tmp_path, "李文", "30.00", None)).replace("row = 3", 'row = "3"').replace("in_review", "dne")
    with pytest.raises(InvalidFileError) as told:
        decode(text.replace("step = 0\n", ""), "a.toml")
    assert str(told.value).splitlines() == [
        "a.toml:14: review.status: 'dne' is not known; did you mean done?",
        "a.toml:19: corrections[0].step: is missing",
        "a.toml:28: corrections[0].edits[0].row: a whole number is wanted",
    ]


def test_no_folder_is_no_records(tmp_path: Path) -> None:
    assert read_index(tmp_path / "none").as_rows()[1:] == [["all", "", "", "", "0", "0", "0", "0", "0"]]


def test_a_record_with_its_parts_moved_about_by_hand_is_summed_up_all_the_same(tmp_path: Path) -> None:
    record = reviewed(tmp_path, "李文", "30.00", None)
    path = next(tmp_path.glob("*.toml"))
    head, grids = path.read_text("utf-8").split("\n[[tables]]", 1)
    schema, rest = head.split("\n", 1)
    path.write_text(f"{schema}\nnote = '''\n[[tables]]\n'''\n{rest}\n[[tables]]{grids}", "utf-8")
    assert read_index(tmp_path).records[0].corrections == len(record.corrections)


def test_two_reviewers_are_compared_by_cell_and_by_finding(tmp_path: Path) -> None:
    reviewed(tmp_path / "a", "李文", "30.00", Verdict.SOURCE_ERROR)
    reviewed(tmp_path / "b", "王芳", "31.00", Verdict.WAIVED)
    agreement = agreement_of(tmp_path / "a", tmp_path / "b")
    assert (agreement.cells.count, agreement.cells.agreed) == (40, 39)
    assert (agreement.corrected.agreed, agreement.corrected.kappa) == (40, Fraction(1))
    assert (agreement.findings.count, agreement.findings.agreed) == (1, 0)
    assert agreement.as_rows()[1] == ["cells", "40", "39", "97.5", "", "", ""]
    assert [(item.kind, item.first, item.second) for item in agreement.disagreements] == [
        ("cell", "30.00", "31.00"),
        ("finding", "source_error", "waived"),
    ]
    assert agreement.disagreements[0].label == "205 教育支出 · 合计"
    assert agreement.disagreement_rows()[0] == ["document", "kind", "place", "of", "李文", "王芳"]
    assert json.loads(json.dumps(agreement.as_json()))["cells"]["share"] == 0.975
    with pytest.raises(InvalidFileError, match="has no record of a document"):
        agreement_of(tmp_path / "a", tmp_path)


def test_what_one_corrected_and_the_other_ruled_on_is_no_silence(tmp_path: Path) -> None:
    ruled = reviewed(tmp_path / "a", "李文", "30.00", Verdict.SOURCE_ERROR)
    mended = replace(reviewed(tmp_path / "b", "王芳", "30.00", None), findings=())
    (difference,) = compare([(ruled, mended)]).disagreements
    assert (difference.first, difference.second) == ("source_error", "corrected")
    assert difference.label == ruled.findings[0].message != ""


def test_a_row_that_numbers_the_columns_names_none(tmp_path: Path) -> None:
    first = reviewed(tmp_path / "a", "李文", "30.00", None)
    numbered = replace(first.tables[0], header=(*first.tables[0].header, ("1", "2", "3", "4", "5")))
    pair = replace(first, tables=(numbered,)), replace(reviewed(tmp_path / "b", "王芳", "31.00", None), tables=())
    labels = {item.label for item in compare([pair]).disagreements if item.place == "t01/3/2"}
    assert labels == {"205 教育支出 · 合计"}


def test_records_that_cannot_be_read_are_named_and_the_rest_is_compared(tmp_path: Path) -> None:
    reviewed(tmp_path / "a", "李文", "30.00", None)
    reviewed(tmp_path / "b", "王芳", "30.00", None)
    (tmp_path / "b" / "broken.toml").write_text("schema = ", "utf-8")
    agreement = agreement_of(tmp_path / "a", tmp_path / "b")
    assert agreement.documents == 1 and "broken.toml" in str(agreement.problems[0])
    with pytest.raises(InvalidFileError, match="none: there is no such record"):
        agreement_of(tmp_path / "none", tmp_path / "b")


def test_a_ruling_that_was_taken_back_is_none(tmp_path: Path) -> None:
    record = reviewed(tmp_path, "李文", "30.00", Verdict.SOURCE_ERROR)
    back = Decision(record.decisions[0].finding, Verdict.REOPENED, (), "李文", AT)
    agreement = compare([(replace(record, actions=(*record.actions, back)), record)])
    assert agreement.disagreements[0].first == "undecided"


def test_an_older_schema_is_brought_up_step_by_step() -> None:
    steps = {1: lambda data: data | {"one": True}, 2: lambda data: data | {"two": data["one"]}}
    assert migrate({"schema": 1}, "a", steps, 3) == {"schema": 3, "one": True, "two": True}
    assert migrate({"schema": 3}, "a", steps, 3) == {"schema": 3}
    with pytest.raises(RecordSchemaError):
        migrate({"schema": 4}, "a", steps, 3)
    with pytest.raises(InvalidFileError, match="no way from schema 0"):
        migrate({"schema": 0}, "a", steps, 3)
    with pytest.raises(InvalidFileError, match="a whole number"):
        migrate({"schema": True}, "a", steps, 3)


def errors(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """What of a JSON Schema (the words that ours use) a value breaks."""
    if "$ref" in schema:
        target: Any = root
        for name in schema["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        return errors(value, target, root, place)
    found = []
    for word in ("oneOf", "anyOf"):
        if word in schema:
            fits = sum(not errors(value, option, root, place) for option in schema[word])
            found += [] if fits == 1 or (fits and word == "anyOf") else [f"{place}: fits {fits} of {word}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{place}: is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is none of {schema['enum']}")
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(fits_type(value, name) for name in names):
            return [*found, f"{place}: {value!r} is no {schema['type']}"]
    return found + errors_within(value, schema, root, place)


def errors_within(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> list[str]:
    """What the parts of a list or an object break."""
    found = []
    if isinstance(value, dict):
        found += [f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{place}: {name} is not described" for name in value if name not in schema["properties"]]
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += errors(value[name], part, root, f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            found += errors(item, schema["items"], root, f"{place}[{index}]")
    return found


def fits_type(value: Any, name: str) -> bool:
    """Whether a value is of a type of JSON Schema; a TOML time stands for a string."""
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str, datetime),
        "integer": (int,),
        "number": (int, float),
        "boolean": (bool,),
        "array": (list,),
        "object": (dict,),
        "null": (type(None),),
    }
    return isinstance(value, kinds[name]) and not (name in ("integer", "number") and isinstance(value, bool))


def test_a_real_record_fits_the_schema_that_is_shipped(tmp_path: Path) -> None:
    record = reviewed(tmp_path, "李文", "30.00", Verdict.SOURCE_ERROR)
    schema = load_schema("record")
    data = tomllib.loads(encode(record))
    assert errors(data, schema, schema) == []
    data["corrections"][0]["edits"][0]["kind"] = "set_cel"
    assert errors(data, schema, schema) != []


def test_the_schema_knows_every_kind_of_edit() -> None:
    kinds = [option["properties"]["kind"]["const"] for option in load_schema("record")["$defs"]["edit"]["oneOf"]]
    assert kinds == list(EDIT_KINDS)
    edit = edit_to_data(SetCell(CellRef("t01", 1, 2), "a", "b"))
    schema = load_schema("record")
    assert errors(edit, schema["$defs"]["edit"], schema) == []


def test_a_real_tables_file_fits_the_schema_that_is_shipped() -> None:
    schema = load_schema("tables")
    data = json.loads(json.dumps({"schema": "workbench.tables/1", "documents": [document_to_json(document())]}))
    assert errors(data, schema, schema) == []
    data["documents"][0]["tables"][0]["rows"][0][0] = 1.5
    assert errors(data, schema, schema) != []


def test_the_schema_of_findings_knows_every_kind_of_suggestion() -> None:
    described = load_schema("findings")["$defs"]["suggestion"]["properties"]["applicability"]["enum"]
    assert described == [kind.value for kind in Applicability]


def test_what_the_commands_print_as_json_fits_the_schemas_that_are_shipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"
    for folder, reviewer in (("records", "lw"), ("second", "wf")):
        with ReviewSession.open(sample, records=tmp_path / folder, reviewer=reviewer) as session:
            first, second, *_ = session.state.open_findings
            session.accept(first.finding.id)
            session.decide(second.finding.id, Verdict.WAIVED if folder == "records" else Verdict.SOURCE_ERROR)
            session.save()
    for subject, arguments in (
        ("tables", ["tables", sample, "--reviewed"]),
        ("findings", ["check", sample]),
        ("findings", ["suggest", sample, "--reviewed"]),
        ("explanation", ["check", sample, "--explain", "t03/9/2"]),
        ("diff", ["diff", sample]),
        ("stats", ["stats", sample]),
        ("agreement", ["agree", "records", "second"]),
        ("merge", ["merge", "records", "second", "-o", "both"]),
    ):
        main([*map(str, arguments), "--format", "json"])
        schema = load_schema(subject)
        printed = json.loads(capsys.readouterr().out)
        assert errors(printed, schema, schema) == []
        assert main(["config", "schema", subject]) == 0
        assert json.loads(capsys.readouterr().out) == schema
    (record,) = printed["records"]
    assert [(one["kind"], one["ours"], one["theirs"], one["verdict"], one["by"]) for one in record["conflicts"]] == [
        ("decision", "waived", "source_error", "source_error", "wf")
    ]
    assert errors(printed | {"new": 1}, schema, schema) == ["$: new is not described"]
