"""Coverage-guided fuzzing, which needs the package atheris:
`python -m tests.fuzz.guided text|record|keymap [--seconds 120]`.

The text reader with the parsing behind it, the record codec and the keymap loader are given bytes that reach new code.
What is raised must be a WorkbenchError; a record that is read must be written and read again the same.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbench.errors import WorkbenchError

_FOLDER = Path(tempfile.mkdtemp(prefix="workbench-fuzz-"))


def text(data: bytes) -> None:
    """A text file read and parsed."""
    from workbench.sources import read_source
    from workbench.tables import parse

    path = _FOLDER / "case.txt"
    path.write_bytes(data)
    try:
        parse(read_source(path))
    except WorkbenchError:
        return


def record(data: bytes) -> None:
    """A record read; what is read survives being written."""
    from workbench.records.codec.record import decode, encode

    try:
        found = decode(data.decode("utf-8"), "case.toml")
    except (WorkbenchError, UnicodeError):
        return
    assert decode(encode(found), "case.toml") == found  # what is looked for


def keymap(data: bytes) -> None:
    """A keymap file loaded."""
    from workbench.config.keymap import load_keymap

    path = _FOLDER / "case.toml"
    path.write_bytes(data)
    try:
        load_keymap(path)
    except WorkbenchError:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {"text": text, "record": record, "keymap": keymap}


def main() -> None:
    """The command."""
    import atheris

    name = sys.argv[1]
    seconds = sys.argv[3] if len(sys.argv) > 3 else "120"
    with atheris.instrument_imports(include=["workbench"]):
        import workbench.config.keymap
        import workbench.records.codec.record
        import workbench.tables  # noqa: F401
    corpus = _FOLDER / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(_seeds(name)):
        (corpus / f"seed{number}").write_bytes(seed)
    options = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=1024",
        "-max_len=4096",
    ]
    atheris.Setup(options, TARGETS[name])
    atheris.Fuzz()


def _seeds(name: str) -> list[bytes]:
    from tests.conftest import ROOT

    if name == "keymap":
        return [path.read_bytes() for path in (ROOT / "keymaps").glob("*.toml")]
    if name == "record":
        return [path.read_bytes()[:4000] for path in (ROOT / "tests").rglob("*.toml")]
    return [path.read_bytes()[:3000] for path in (ROOT / "sample_docs").glob("*.txt")]


if __name__ == "__main__":
    main()
