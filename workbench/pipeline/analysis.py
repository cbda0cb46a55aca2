"""One document from its bytes to its findings: a pure function of the file, the reader and the rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.checks import Reconciliation, describe
from workbench.errors import UnreadableSourceError
from workbench.model.check import Finding
from workbench.model.table import Document
from workbench.repairs import find_root_causes
from workbench.sources import JSON_TABLES, ReadLimits, is_tables_file, read_source
from workbench.tables import parse, read_beside
from workbench.tables.interchange.from_json import documents_from_json

if TYPE_CHECKING:
    from workbench.checks.user_rules import UserRule

MEMBER = "!"
"""Parts a file from the document in it: `archive.zip!budget.pdf`, `extraction.json!2`."""


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """What a run may be told. `source` is the published file that a tables file was extracted from; `suggest` says
    whether causes and repairs are looked for, or failing checks listed as they are.
    What `cache` holds is not made again."""

    user_rules: tuple[UserRule, ...] = ()
    source: Path | None = None
    suggest: bool = True
    verify: str = "never"
    limits: ReadLimits = field(default_factory=ReadLimits)
    cache: AnalysisStore | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document read, parsed, checked, with the findings that a person must look at."""

    path: Path
    document: Document
    reconciliation: Reconciliation
    findings: tuple[Finding, ...]


class AnalysisStore(Protocol):
    """Where analyses are kept between runs, each under a key of everything that it was made from."""

    def key_of(self, path: Path, options: AnalysisOptions) -> str | None:
        """The key of a document's analyses, None where they cannot be kept."""
        ...

    def find(self, key: str) -> tuple[Analysis, ...] | None:
        """What was kept under this key."""
        ...

    def keep(self, key: str, analyses: tuple[Analysis, ...]) -> None:
        """Keep these analyses."""
        ...

    def trim(self) -> None:
        """Let go of what is too much."""
        ...


def analyse(path: Path, options: AnalysisOptions | None = None) -> Analysis:
    """The analysis of one document. Of a tables file with several documents it is the one that the path names
    (`extraction.json!2`), else the first.

    Raises UnreadableSourceError or InvalidFileError where the file cannot be read.
    """
    name = str(path)
    if MEMBER in name and not path.exists():
        container, _, member = name.rpartition(MEMBER)
        if member.isdigit() and is_tables_file(Path(container)):
            found = analyse_file(Path(container), options)
            if int(member) >= len(found):
                raise UnreadableSourceError(path, f"{container} holds {len(found)} documents, counted from 0")
            return found[int(member)]
    return analyse_file(path, options)[0]


def analyse_file(path: Path, options: AnalysisOptions | None = None) -> tuple[Analysis, ...]:
    """The analyses of all documents in a file: several of a tables file, else one. Raises as `analyse` does."""
    options = options or AnalysisOptions()
    if options.cache is None:
        return _analysed(path, options)
    key = options.cache.key_of(path, options)
    kept = options.cache.find(key) if key else None
    if kept is not None:
        return kept
    analyses = _analysed(path, options)
    if key:
        options.cache.keep(key, analyses)
    return analyses


def _analysed(path: Path, options: AnalysisOptions) -> tuple[Analysis, ...]:
    return tuple(_examine(place, document, options) for place, document in _documents(path, options))


def _documents(path: Path, options: AnalysisOptions) -> list[tuple[Path, Document]]:
    if not is_tables_file(path):
        document = _parsed(path, options)
        if options.source is not None and document.source.media_type == JSON_TABLES:
            document = read_beside(document, read_source(options.source, options.limits))
        return [(path, document)]
    documents = documents_from_json(_content(path), str(path))
    if not documents:
        raise UnreadableSourceError(path, "holds no document")
    if options.source is not None:
        source = read_source(options.source, options.limits)
        documents = tuple(read_beside(document, source) for document in documents)
    if len(documents) == 1:
        return [(path, documents[0])]
    places = [f"{path}{MEMBER}{index}" for index in range(len(documents))]
    if options.source is None:
        documents = tuple(
            replace(document, source=replace(document.source, path=place))
            for document, place in zip(documents, places, strict=True)
        )
    return [(Path(place), document) for place, document in zip(places, documents, strict=True)]


def _parsed(path: Path, options: AnalysisOptions) -> Document:
    document = parse(read_source(path, options.limits))
    if options.verify != "always":
        return document
    from workbench.pipeline.verification import with_disagreements

    return with_disagreements(document, path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(path, error.strerror or str(error)) from error


def _examine(path: Path, document: Document, options: AnalysisOptions) -> Analysis:
    reconciliation = Reconciliation.of(document, options.user_rules)
    if options.verify == "auto":
        document = _verified_where_doubtful(path, reconciliation)
        reconciliation = Reconciliation.of(document, options.user_rules)
    if options.suggest:
        return Analysis(path, document, reconciliation, find_root_causes(reconciliation))
    failing = tuple(
        Finding(result.check.id, (result,), describe(result, document))
        for result in reconciliation.results
        if result.failed
    )
    return Analysis(path, document, reconciliation, failing)


def _verified_where_doubtful(path: Path, reconciliation: Reconciliation) -> Document:
    from workbench.pipeline.verification import doubtful_pages, with_disagreements

    failing = [term.ref for result in reconciliation.results if result.failed for term in result.check.terms]
    pages = doubtful_pages(reconciliation.document, failing)
    return with_disagreements(reconciliation.document, path, pages) if pages else reconciliation.document
