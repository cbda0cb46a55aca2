"""The records of a folder by the document that they are about, for comparing and merging what two reviewers did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError, WorkbenchError
from workbench.model.record import ReviewRecord
from workbench.records.store import RecordStore


@dataclass(frozen=True, slots=True)
class DocumentRecords:
    """Each document's record with its file, and the records that could not be read. A document is known by its hash;
    where several files have the same content, by hash and name."""

    records: Mapping[str, tuple[Path, ReviewRecord]]
    problems: tuple[WorkbenchError, ...]


def record_files(folder: Path) -> Iterator[Path]:
    """The record files of a folder, in order of name."""
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith("."):
            yield path


def records_by_document(place: Path) -> DocumentRecords:
    """The records at `place`, which is a folder of them or one. Raises InvalidFileError where there is neither."""
    if not place.exists():
        raise InvalidFileError([FileProblem(str(place), None, "there is no such record or folder of records")])
    read: list[tuple[Path, ReviewRecord]] = []
    problems: list[WorkbenchError] = []
    for path in record_files(place) if place.is_dir() else [place]:
        try:
            loaded = RecordStore(path.parent).load(path)
        except WorkbenchError as error:
            problems.append(error)
        else:
            read += [(path, loaded.record)] if loaded else []
    often = Counter(record.source.sha256 for _, record in read)
    return DocumentRecords(
        {
            record.source.sha256
            if often[record.source.sha256] == 1
            else f"{record.source.sha256}/{Path(record.source.path).name}": (path, record)
            for path, record in read
        },
        tuple(problems),
    )
