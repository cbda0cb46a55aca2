"""Any record that there can be: every kind of edit, any text, unknown keys in every section."""

from __future__ import annotations

import typing
from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from workbench.model.check import Outcome
from workbench.model.edit import EDIT_KINDS, Edit
from workbench.model.record import (
    Conflict,
    ConflictKind,
    Correction,
    Decision,
    Flag,
    RecordedFinding,
    RecordedSource,
    RecordedTable,
    ReviewRecord,
    ReviewStatus,
    Verdict,
)
from workbench.model.table import CellRef
from workbench.records.codec.actions import fingerprint

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "",
        "639.72",
        "——",
        "一、教育支出",
        "[/合计]",
        '"',
        "\\",
        "\x1b[31m",
        "\u202e",
        "\x9b",
        "a\nb",
        "\r\n",
        '"""',
        "'''",
    ]
)
integers = st.integers(-(2**40), 2**40)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
refs = st.builds(CellRef, texts, integers, integers)
grids = st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple)
FIELDS: dict[object, st.SearchStrategy[object]] = {
    str: texts,
    int: integers,
    CellRef: refs,
    tuple[str, ...]: st.lists(texts, max_size=3).map(tuple),
    tuple[str, str]: st.tuples(texts, texts),
    tuple[int, ...]: st.lists(integers, max_size=3).map(tuple),
    tuple[tuple[str, ...], ...]: grids,
}


def edits_of(name: str) -> st.SearchStrategy[Edit]:
    """Any edit of one kind."""
    kind = EDIT_KINDS[name]
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: FIELDS[hints[field.name]] for field in fields(kind)})


edits = st.sampled_from(sorted(EDIT_KINDS)).flatmap(edits_of)
labels = st.tuples(texts, texts)
spots = st.sampled_from(["2 181.3 402.0 214.9 411.5", "1 10 17", "x", "1 2", "9 -1.0 0.0 0.5 nan"])
corrections = st.lists(st.tuples(edits, labels, spots), min_size=1, max_size=3).flatmap(
    lambda parts: st.builds(
        Correction,
        st.just(tuple(edit for edit, _, _ in parts)),
        st.just(tuple(names for _, names, _ in parts)),
        texts,
        moments,
        texts,
        texts,
        st.sampled_from([(), tuple(spot for _, _, spot in parts)]),
    )
)
rulings = st.builds(
    Decision,
    texts,
    st.sampled_from(Verdict),
    st.lists(texts, max_size=3).map(tuple),
    texts,
    moments,
    texts,
    value=texts,
)
decisions = rulings | st.builds(
    lambda ruling, cell, names: replace(ruling, cell=cell, labels=names), rulings, refs, labels
)
flags = st.builds(Flag, refs, texts, moments, texts, st.booleans(), labels, texts, st.just("") | spots)
actions = corrections | decisions | flags
values = st.recursive(
    st.booleans() | integers | texts | moments,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
unknown = st.dictionaries(texts.map(lambda text: f"x-{text}"), values, min_size=1, max_size=2)
tables = st.builds(RecordedTable, texts, texts, texts, texts, grids, grids)
findings = st.builds(RecordedFinding, texts, texts, st.sampled_from(Outcome), texts)
conflicts = st.builds(Conflict, st.sampled_from(ConflictKind), texts, texts, texts, texts, st.none() | actions)


@st.composite
def records(draw: st.DrawFn) -> ReviewRecord:
    """Any record; ids of tables and findings are each their own, as they are in a document."""
    taken = tuple(draw(st.lists(actions, max_size=5, unique_by=fingerprint)))
    grids_of = tuple(draw(st.lists(tables, max_size=2, unique_by=lambda table: table.id)))
    standing = tuple(draw(st.lists(findings, max_size=2, unique_by=lambda finding: finding.id)))
    cut = draw(st.integers(0, len(taken)))
    sections = ["", "source", "review"]
    sections += [f"action/{fingerprint(action)}" for action in taken]
    sections += [f"tables/{table.id}" for table in grids_of]
    sections += [f"findings/{finding.id}" for finding in standing]
    return ReviewRecord(
        source=draw(
            st.builds(RecordedSource, *[texts] * 5, st.none() | integers, texts, st.lists(texts, max_size=2).map(tuple))
        ),
        status=draw(st.sampled_from(ReviewStatus)),
        reviewer=draw(texts),
        updated_at=draw(st.none() | moments),
        note=draw(texts),
        assigned=draw(texts),
        tables=grids_of,
        actions=taken[:cut],
        undone=taken[cut:],
        findings=standing,
        conflicts=tuple(draw(st.lists(conflicts, max_size=1))),
        extra=draw(st.dictionaries(st.sampled_from(sections), unknown, max_size=2)),
    )
