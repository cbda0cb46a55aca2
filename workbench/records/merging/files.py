"""Record files merged: three versions as git hands them over, two that two reviewers made, folders of them,
and one file in which git left both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError, WorkbenchError
from workbench.model.record import Conflict, ReviewRecord
from workbench.records.codec.markers import sides_of
from workbench.records.codec.record import decode, digest, encode
from workbench.records.folder import records_by_document
from workbench.records.merging.reviews import merge_records
from workbench.records.store import RecordStore, read_text


@dataclass(frozen=True, slots=True)
class Merged:
    """A record file that was written, and what is left for a person to settle in it."""

    path: Path
    conflicts: tuple[Conflict, ...]


def merge_texts(
    base: str, ours: str, theirs: str, path: str = "record", *, other: str = "", common: str = ""
) -> tuple[str, tuple[Conflict, ...]]:
    """One record file of three, and what is left to settle; `base` is "" where the two have no common beginning. What
    cannot be read is told by the name of its side: `path`, `other` and `common`, where they have names of their own.

    Raises InvalidFileError or RecordSchemaError where one of them cannot be read.
    """
    our_record, their_record = decode(ours, path), decode(theirs, other or path)
    begin = decode(base, common or path) if base.strip() else ReviewRecord(our_record.source)
    merged = merge_records(begin, our_record, their_record)
    new = tuple(conflict for conflict in merged.conflicts if conflict not in our_record.conflicts)
    return encode(merged), new


def merge_files(base: Path | None, ours: Path, theirs: Path, output: Path, name: str = "") -> tuple[Conflict, ...]:
    """Merge record files into `output` and return what is left for a person to settle; as git's merge driver
    `workbench merge %O %A %B %P`, whose files have other names for the time of the merge than the `name` that people
    know. A `base` that is not there stands for no common beginning.

    Raises InvalidFileError, RecordSchemaError, StorageError; `output` is then as before.
    """
    path, other, common = (
        (f"{name} (ours)", f"{name} (theirs)", f"{name} (base)") if name else (str(ours), str(theirs), str(base))
    )
    begin = "" if base is None else read_text(base) or ""
    text, conflicts = merge_texts(begin, _text(ours), _text(theirs), path, other=other, common=common)
    _write(output, text)
    return conflicts


def merge_marked(path: Path, output: Path) -> tuple[Conflict, ...]:
    """Make one record of a file in which git left two versions between its marks, and return what is left to settle.

    Raises InvalidFileError (also where there are no marks), RecordSchemaError, StorageError.
    """
    sides = sides_of(_text(path))
    if sides is None:
        raise InvalidFileError(
            [FileProblem(str(path), None, "has no conflict of git in it: name the other version too")]
        )
    text, conflicts = merge_texts(sides.base, sides.ours, sides.theirs, str(path))
    _write(output, text)
    return conflicts


def merge_folders(ours: Path, theirs: Path, output: Path) -> tuple[list[Merged], list[WorkbenchError]]:
    """Merge the records of two reviewers, document by document, into the folder `output`; a record that only one has
    is taken as it is. Returns what was written, and which records could not be read.

    Raises InvalidFileError where one of the folders is not there, StorageError.
    """
    left, right = records_by_document(ours), records_by_document(theirs)
    merged = list(_merged_records(left.records, right.records, output))
    return merged, [*left.problems, *right.problems]


def _merged_records(
    left: Mapping[str, tuple[Path, ReviewRecord]], right: Mapping[str, tuple[Path, ReviewRecord]], output: Path
) -> Iterator[Merged]:
    for key in dict.fromkeys([*left, *right]):
        path, record = left[key] if key in left else right[key]
        conflicts: tuple[Conflict, ...] = ()
        if key in left and key in right:
            other = right[key][1]
            made = merge_records(ReviewRecord(record.source), record, other)
            conflicts = tuple(conflict for conflict in made.conflicts if conflict not in record.conflicts)
            record = made
        _write(output / path.name, encode(record))
        yield Merged(output / path.name, conflicts)


def _text(path: Path) -> str:
    text = read_text(path)
    if text is None:
        raise InvalidFileError([FileProblem(str(path), None, "there is no such file")])
    return text


def _write(output: Path, text: str) -> None:
    found = read_text(output)
    RecordStore(output.parent).write(output, text, "" if found is None else digest(found))
