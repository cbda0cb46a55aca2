"""Laws of the record on disk: what is written is read, the same bytes for the same record, and merges lose nothing.

`WORKBENCH_EXAMPLES=1000` sets how many examples each law is tried on; 15 are for every day.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import record_strategies as some
from workbench.errors import InvalidFileError, RecordSchemaError
from workbench.model.edit import SetCell
from workbench.model.record import ConflictKind, Correction, RecordedSource, ReviewRecord
from workbench.model.table import CellRef
from workbench.records.codec.record import decode, encode
from workbench.records.history import Assigned, Done, NoteSet, Redone, Replaced, Settled, StatusSet, Undone, advance_all
from workbench.records.journal import Journal, read_journal
from workbench.records.merging.reviews import merge_records

settings.register_profile(
    "records", settings.default, max_examples=int(os.environ.get("WORKBENCH_EXAMPLES", "15")), deadline=None
)
LAW = settings.get_profile("records")

AT = datetime(2031, 3, 2, 9, 30, tzinfo=UTC)


@LAW
@given(some.records())
def test_what_is_written_is_read_and_written_the_same(record: ReviewRecord) -> None:
    text = encode(record)
    assert decode(text) == record
    assert encode(decode(text)) == text
    tomllib.loads(text)


@LAW
@given(some.records())
def test_a_record_can_be_shown_on_a_terminal(record: ReviewRecord) -> None:
    shown = encode(record)
    hidden = [character for character in shown if ord(character) < 32 and character not in "\n\t"]
    hidden += [character for character in shown if 0x7F <= ord(character) < 0xA0 or character in "\u202e\u2066\u200f"]
    assert hidden == []


@LAW
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_a_record_or_says_why_not(text: str) -> None:
    try:
        decode(text)
    except (InvalidFileError, RecordSchemaError) as error:
        assert str(error)


@LAW
@given(some.records(), st.data())
def test_a_record_with_a_piece_cut_or_changed_is_read_or_says_why_not(
    record: ReviewRecord, data: st.DataObject
) -> None:
    text = encode(record)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 20, len(text))))
    try:
        decode(text[:start] + data.draw(st.sampled_from(["", "1", '"', "[", "= 3\n", "true"])) + text[end:])
    except (InvalidFileError, RecordSchemaError) as error:
        assert str(error)


entries = (
    st.builds(Done, some.actions, some.texts, some.moments)
    | st.builds(Undone, some.texts, some.moments)
    | st.builds(Redone, some.texts, some.moments)
    | st.builds(StatusSet, st.sampled_from(list(some.ReviewStatus)), some.texts, some.moments)
    | st.builds(Assigned, some.texts, some.texts, some.moments)
    | st.builds(NoteSet, some.texts, some.texts, some.moments)
    | st.builds(Settled, some.conflicts, some.texts, some.moments)
    | st.builds(Replaced, some.records(), some.texts, some.moments)
)


@LAW
@given(some.records(), st.lists(entries, min_size=1, max_size=5), st.data())
def test_a_journal_gives_back_its_entries_and_survives_being_cut_anywhere(
    base: ReviewRecord, done: list, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        journal = Journal(path)
        sizes = []
        for entry in done:
            journal.append(entry, base, "digest")
            sizes.append(path.stat().st_size)
        recovered = read_journal(path)
        assert recovered is not None
        assert recovered.entries == tuple(done)
        assert recovered.base == replace(base, tables=(), findings=(), extra=recovered.base.extra)
        content = path.read_bytes()
        cut = data.draw(st.integers(0, len(content)))
        path.write_bytes(content[:cut])
        whole = sum(size <= cut for size in sizes)
        recovered = read_journal(path)
        assert (recovered.entries if recovered else ()) == tuple(done[:whole])
        again = Journal(path)
        again.go_on()
        again.append(done[0], base, "digest")
        recovered = read_journal(path)
        assert recovered is not None and recovered.entries == (*done[:whole], done[0])
        assert recovered.torn == 0


@LAW
@given(some.records(), st.lists(entries, max_size=6))
def test_history_never_holds_a_step_twice_nor_loses_one_but_by_a_new_one(record: ReviewRecord, done: list) -> None:
    after = advance_all(record, [entry for entry in done if isinstance(entry, Undone | Redone)])
    assert sorted(map(repr, (*after.actions, *after.undone))) == sorted(map(repr, (*record.actions, *record.undone)))


CELLS = [CellRef("t01", row, 2) for row in range(4)]


@st.composite
def sides(draw: st.DrawFn) -> tuple[ReviewRecord, ReviewRecord, ReviewRecord, dict, dict, dict]:
    """A common record and two that went on from it, with what each makes of four cells."""
    base = ReviewRecord(RecordedSource("a.txt", "00", "", "", "", None, ""))
    start = dict.fromkeys(CELLS, "0")
    base, shown = _edited(draw, base, start, "共")
    ours, our_cells = _edited(draw, base, shown, "甲")
    theirs, their_cells = _edited(draw, base, shown, "乙")
    return base, ours, theirs, shown, our_cells, their_cells


def _edited(draw: st.DrawFn, record: ReviewRecord, shown: dict, by: str) -> tuple[ReviewRecord, dict]:
    shown = dict(shown)
    actions = list(record.actions)
    for number in range(draw(st.integers(0, 4))):
        if actions and draw(st.integers(0, 4)) == 0:
            last = actions.pop()
            for edit in reversed(last.edits):
                shown[edit.ref] = edit.before
            continue
        chosen = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=2, unique=True))
        edits = []
        for cell in chosen:
            after = draw(st.sampled_from(["1", "2", "3"]))
            edits.append(SetCell(cell, shown[cell], after))
            shown[cell] = after
        at = AT.replace(minute=draw(st.integers(0, 59)), microsecond=number)
        actions.append(Correction(tuple(edits), (("", ""),) * len(edits), by, at))
    return replace(record, actions=tuple(actions)), shown


def _shown(record: ReviewRecord) -> dict[CellRef, str]:
    shown = dict.fromkeys(CELLS, "0")
    for correction in record.corrections:
        for edit in correction.edits:
            assert shown[edit.ref] == edit.before, "a merged chain of edits does not hang together"
            shown[edit.ref] = edit.after
    return shown


@LAW
@given(sides())
def test_a_merge_has_what_either_did_and_conflicts_exactly_where_both_did_otherwise(made: tuple) -> None:
    base, ours, theirs, before, our_cells, their_cells = made
    merged = merge_records(base, ours, theirs)
    contested = {
        cell
        for cell in CELLS
        if our_cells[cell] != before[cell] != their_cells[cell] and our_cells[cell] != their_cells[cell]
    }
    assert {conflict.place for conflict in merged.conflicts} == {str(cell) for cell in contested}
    for conflict in merged.conflicts:
        cell = next(cell for cell in CELLS if str(cell) == conflict.place)
        assert conflict.kind is ConflictKind.CELL
        assert (conflict.base, conflict.ours, conflict.theirs) == (before[cell], our_cells[cell], their_cells[cell])
    expected = {cell: our_cells[cell] if our_cells[cell] != before[cell] else their_cells[cell] for cell in CELLS}
    assert _shown(merged) == expected


@LAW
@given(sides())
def test_merging_the_same_again_changes_nothing(made: tuple) -> None:
    base, ours, theirs, *_ = made
    merged = merge_records(base, ours, theirs)
    assert merge_records(theirs, merged, theirs) == merged
    assert merge_records(base, ours, ours) == ours
    assert merge_records(base, base, theirs).actions == theirs.actions
    assert merge_records(base, ours, base) == ours


@LAW
@given(some.records(), some.records(), some.records())
def test_any_three_records_can_be_merged(base: ReviewRecord, ours: ReviewRecord, theirs: ReviewRecord) -> None:
    merged = merge_records(base, ours, theirs)
    # Unknown keys of a thing that is in neither any more go with it.
    assert replace(decode(encode(merged)), extra={}) == replace(merged, extra={})
