"""A document is read once: what was kept comes back equal, and nothing that cannot be trusted comes back at all."""

from __future__ import annotations

import gc
import hashlib
import pickle
import zlib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.checks import load_rules
from workbench.model.table import Document
from workbench.pipeline import AnalysisOptions, WorkerLimits, analyse_all, analyse_file
from workbench.pipeline import analysis as analysing
from workbench.pipeline import cache as cache_module
from workbench.pipeline.cache import AnalysisCache, analysis_cache, program_digest

SAMPLES = ROOT / "sample_docs"
SAMPLE = SAMPLES / "shixi_medical_insurance_2022.txt"
RULE = """
[[rule]]
name = "made_up"
message = "x"
equation = "a = b"
[rule.cells]
a = { form = "income_summary", column = "合计", label = "合计" }
b = { form = "income_summary", column = "合计", label = "合计" }
"""


@pytest.fixture
def cache(tmp_path: Path) -> AnalysisCache:
    return AnalysisCache(tmp_path / "cache" / "analyses", 64)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    copy = tmp_path / "disclosure.txt"
    copy.write_bytes(SAMPLE.read_bytes())
    return copy


def kept_files(cache: AnalysisCache) -> list[Path]:
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The documents that were really read and parsed, in order."""
    seen: list[Path] = []
    really = analysing._parsed

    def counted(path: Path, options: AnalysisOptions) -> Document:
        seen.append(path)
        return really(path, options)

    monkeypatch.setattr(analysing, "_parsed", counted)
    return seen


def test_the_second_reading_is_the_first_one_kept(cache: AnalysisCache, document: Path, parsed: list[Path]) -> None:
    options = AnalysisOptions(cache=cache)
    first = analyse_file(document, options)
    assert analyse_file(document, options) == first == analyse_file(document)
    assert len(parsed) == 2  # once to keep, once without a cache
    assert first[0].findings


@pytest.mark.parametrize(
    "sample", sorted(path.name for path in SAMPLES.glob("*.*") if path.suffix not in (".py", ".md"))
)
def test_every_kind_of_document_comes_back_from_the_cache(cache: AnalysisCache, sample: str) -> None:
    options = AnalysisOptions(cache=cache)
    first = analyse_file(SAMPLES / sample, options)
    key = AnalysisCache(Path()).key_of(SAMPLES / sample, options)
    assert key
    again = cache.find(key)
    assert again is not None
    assert [each.findings for each in again] == [each.findings for each in first]
    assert [each.document.tables for each in again] == [each.document.tables for each in first]
    assert [each.reconciliation.results for each in again] == [each.reconciliation.results for each in first]
    assert [page.boxes.tobytes() for each in again for page in each.document.source.pages] == [
        page.boxes.tobytes() for each in first for page in each.document.source.pages
    ]


def test_another_byte_another_place_other_rules_or_options_are_read_anew(
    cache: AnalysisCache, document: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULE, encoding="utf-8")
    keys = [
        AnalysisCache(Path()).key_of(document, AnalysisOptions()),
        AnalysisCache(Path()).key_of(SAMPLE, AnalysisOptions()),
        AnalysisCache(Path()).key_of(document, AnalysisOptions(suggest=False)),
        AnalysisCache(Path()).key_of(document, AnalysisOptions(verify="auto")),
        AnalysisCache(Path()).key_of(document, AnalysisOptions(user_rules=load_rules(rules))),
        AnalysisCache(Path()).key_of(document, AnalysisOptions(source=SAMPLE)),
    ]
    document.write_bytes(document.read_bytes() + b"\n")
    keys.append(AnalysisCache(Path()).key_of(document, AnalysisOptions()))
    assert None not in keys
    assert len(set(keys)) == len(keys)


def test_a_library_that_was_upgraded_reads_anew(
    cache: AnalysisCache, document: Path, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = AnalysisOptions(cache=cache)
    analyse_file(document, options)
    version = cache_module.version
    monkeypatch.setattr(cache_module, "version", lambda name: "99" if name == "pypdfium2" else version(name))
    program_digest.cache_clear()
    try:
        analyse_file(document, options)
    finally:
        program_digest.cache_clear()
    assert len(parsed) == 2


def test_what_is_no_plain_file_has_no_key(tmp_path: Path) -> None:
    assert AnalysisCache(Path()).key_of(tmp_path, AnalysisOptions()) is None
    assert AnalysisCache(Path()).key_of(tmp_path / "nothing.txt", AnalysisOptions()) is None


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "text"])
def test_a_damaged_file_is_read_anew(cache: AnalysisCache, document: Path, parsed: list[Path], damage: str) -> None:
    options = AnalysisOptions(cache=cache)
    first = analyse_file(document, options)
    (kept,) = kept_files(cache)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(
        {"cut": content[: len(content) // 2], "bit": bytes(content), "empty": b"", "text": b"hello"}[damage]
    )
    assert analyse_file(document, options) == first
    assert len(parsed) == 2
    assert analyse_file(document, options) == first
    assert len(parsed) == 2  # mended on the way


class _Runs:
    def __init__(self, target: str) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.mkdir, (self.target,)


class _Borrows:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return getattr, (Path, "cwd")  # type: ignore[return-value]


@pytest.mark.parametrize("kind", ["call", "attribute"])
def test_a_file_that_would_run_something_is_not_loaded(
    cache: AnalysisCache, document: Path, tmp_path: Path, parsed: list[Path], kind: str
) -> None:
    options = AnalysisOptions(cache=cache)
    analyse_file(document, options)
    (kept,) = kept_files(cache)
    target = tmp_path / "made"
    packed = zlib.compress(pickle.dumps(_Runs(str(target)) if kind == "call" else _Borrows()))
    kept.write_bytes(b"workbench analysis 1\n" + hashlib.sha256(packed).digest() + packed)
    analyse_file(document, options)
    assert not target.exists()
    assert len(parsed) == 2


def test_a_file_that_unpacks_without_end_is_not_loaded(
    cache: AnalysisCache, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = AnalysisOptions(cache=cache)
    first = analyse_file(document, options)
    monkeypatch.setattr("workbench.pipeline.cache._LARGEST", 1000)
    key = AnalysisCache(Path()).key_of(document, options)
    assert key
    assert cache.find(key) is None
    assert analyse_file(document, options) == first
    assert kept_files(cache) == []


def test_a_folder_that_others_may_write_to_is_not_used(
    cache: AnalysisCache, document: Path, parsed: list[Path]
) -> None:
    options = AnalysisOptions(cache=cache)
    analyse_file(document, options)
    cache.folder.chmod(0o777)
    analyse_file(document, options)
    assert len(parsed) == 2


def test_a_folder_that_cannot_be_made_costs_nothing(document: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert analyse_file(document, AnalysisOptions(cache=AnalysisCache(blocked / "analyses"))) == analyse_file(document)


def test_the_longest_unused_go_first(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    cache = AnalysisCache(tmp_path / "cache" / "analyses", 1)
    for number in range(3):
        document.write_bytes(SAMPLE.read_bytes() + b"\n" * number)
        analyse_file(document, AnalysisOptions(cache=cache))
    by_age = kept_files(cache)
    for number, path in enumerate(by_age):
        path.write_bytes(path.read_bytes() + b"\0" * 400_000)
        os.utime(path, (number, number))
    cache.trim()
    assert kept_files(cache) == sorted(by_age[1:])


def test_what_killed_workers_left_half_written_goes(cache: AnalysisCache, document: Path) -> None:
    import os

    analyse_file(document, AnalysisOptions(cache=cache))
    (kept,) = kept_files(cache)
    old, new = kept.with_name("tmpold.part"), kept.with_name("tmpnew.part")
    for path in (old, new):
        path.write_bytes(b"begun")
    os.utime(old, (0, 0))
    cache.trim()
    assert kept_files(cache) == sorted([kept, new])


def test_what_cannot_be_removed_stays_and_stops_nothing(tmp_path: Path) -> None:
    stuck = tmp_path / "ab" / "ab.analysis"
    stuck.mkdir(parents=True)  # a folder in the place of a file: unlink refuses it
    AnalysisCache(tmp_path, megabytes=0).trim()
    assert stuck.is_dir()


def test_workers_keep_and_find(cache: AnalysisCache, document: Path) -> None:
    options = AnalysisOptions(cache=cache)
    first = list(analyse_all([document], options, jobs=1, limits=WorkerLimits(60)))
    assert len(kept_files(cache)) == 1
    assert list(analyse_all([document], options, jobs=1, limits=WorkerLimits(60))) == first
    assert list(analyse_all([document], options, jobs=0)) == first


def test_no_room_is_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert analysis_cache(0) is None
    cache = analysis_cache(5)
    assert cache is not None
    assert cache.folder == tmp_path / "workbench" / "analyses"


def test_garbage_is_collected_again_after_a_document_was_found(cache: AnalysisCache, document: Path) -> None:
    options = AnalysisOptions(cache=cache)
    analyse_file(document, options)
    assert gc.isenabled()
    analyse_file(document, options)
    assert gc.isenabled()
    (kept,) = kept_files(cache)
    kept.write_bytes(kept.read_bytes()[:-9])
    analyse_file(document, options)
    assert gc.isenabled()


def test_another_libreoffice_makes_other_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    digests = []
    for path, version in (("", ""), (str(tmp_path), "7.4"), (str(tmp_path), "24.8")):
        monkeypatch.setenv("PATH", path)
        (tmp_path / "versionrc").write_text(f"BuildVersion={version}\n", encoding="utf-8")
        program_digest.cache_clear()
        digests.append(program_digest())
    monkeypatch.undo()
    program_digest.cache_clear()
    assert len(set(digests)) == 3
