"""Very long documents table by table: what is needed of a 2,000-page PDF before all of it is read.

A worker process reads page by page and hands every table over as soon as it cannot go on, within the same limits as
other documents; here the time is that between one table and the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path

from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.model.source import SourceDocument
from workbench.model.table import Document, Table
from workbench.pipeline.memory import limit_memory
from workbench.pipeline.workers import WorkerLimits, start_worker
from workbench.sources import ReadLimits, is_tables_file, iter_pages, page_count
from workbench.tables import iter_tables, parse

LONG = 400
"""More pages than this are read one by one."""
_LEAST_BYTES_A_PAGE = 200
"""A page's own object and its entry in the file take at least so much;
smaller files need not be opened to be counted."""
_FIRST_PAGES = 4
"""The pages that tell who published the document and for which year."""


@dataclass(frozen=True, slots=True)
class LongDocument:
    """A long document: what its first pages say of it (its tables left out), and its tables as they come."""

    head: Document
    tables: Iterator[Table]


def long_document(path: Path, limits: ReadLimits, worker: WorkerLimits) -> LongDocument | None:
    """The document as a stream if it is long, None if it is not. Raises as `analyse`, some of it while tables come."""
    if is_tables_file(path) or _small(path) or page_count(path, limits) <= LONG:
        return None
    received = _from_worker(path, limits, worker)
    head = next(received)
    if not isinstance(head, Document):
        raise UnreadableSourceError(path, "gave no first pages")
    return LongDocument(head, (item for item in received if isinstance(item, Table)))


def _small(path: Path) -> bool:
    try:
        return path.stat().st_size < LONG * _LEAST_BYTES_A_PAGE
    except OSError:
        return True


def _from_worker(path: Path, limits: ReadLimits, worker: WorkerLimits) -> Iterator[Document | Table]:
    process, connection = start_worker(_serve, path, limits, worker.memory)
    try:
        while True:
            if not connection.poll(worker.seconds):
                raise UnreadableSourceError(path, f"gave no further table within {worker.seconds:g} s")
            item = connection.recv()
            if item is None:
                return
            if isinstance(item, WorkbenchError):
                raise item
            yield item
    except EOFError:
        raise UnreadableSourceError(path, "brought its reader down (out of memory, or a damaged file)") from None
    finally:
        process.kill()
        process.join(5)
        connection.close()


def _serve(connection: Connection, path: Path, limits: ReadLimits, memory: int) -> None:
    limit_memory(memory)
    try:
        pages = iter_pages(path, limits)
        first = tuple(islice(pages, _FIRST_PAGES))
        source = SourceDocument(str(path), _digest(path), "application/pdf", "pdf", first)
        connection.send(parse(source))
        for table in iter_tables(chain(first, pages)):
            connection.send(table)
        connection.send(None)
    except (BrokenPipeError, ConnectionResetError):
        return  # nobody is left to read for
    except WorkbenchError as error:
        connection.send(error)
    except MemoryError:
        connection.send(UnreadableSourceError(path, "needs more memory than it may use", "raise `memory_megabytes`"))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise UnreadableSourceError(path, error.strerror or str(error)) from error
    return digest.hexdigest()
