"""Where the data of a command goes, and how it is written: a file that appears whole, standard output,
JSON by pieces."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

from workbench.cli.text import aligned
from workbench.errors import ExitCode, OutputError

if TYPE_CHECKING:
    from workbench.config.messages import Phrasebook


@contextmanager
def output_of(options: argparse.Namespace) -> Iterator[IO[str]]:
    """Where data goes: the file of `-o`, which appears whole or not at all, else (or for `-`) standard output.

    A device or a pipe (`/dev/null`, `/dev/stdout`) is written to as it is and never replaced.
    """
    target: Path | None = options.output
    if target is None or str(target) == "-":
        yield sys.stdout
        return
    from workbench.export.files import replacing

    try:
        with replacing(target) as place, place.open("w", encoding="utf-8", errors="replace") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error


def write_documents(out: IO[str], schema: str, entries: Iterable[Iterator[str]]) -> None:
    """One JSON object, its documents written piece by piece as they come, so that memory stays flat."""
    out.write(f'{{"schema": {json.dumps(schema)}, "documents": [')
    separator = "\n"
    for entry in entries:
        out.write(separator)
        for piece in entry:
            out.write(piece)
            out.flush()
        separator = ",\n"
    out.write("\n]}\n")


def indented(entry: dict[str, Any]) -> Iterator[str]:
    """One document's entry, as the one piece that it is written in."""
    yield json.dumps(entry, ensure_ascii=False, indent=1)


def write_json(out: IO[str], data: object) -> None:
    """Data that fits in memory, as JSON."""
    json.dump(data, out, ensure_ascii=False, indent=1)
    out.write("\n")


def print_rows(
    out: IO[str],
    options: argparse.Namespace,
    rows: list[list[str]],
    say: Phrasebook,
    named: Mapping[int, str] = MappingProxyType({}),
    widest: int = 60,
) -> int:
    """Rows under a head: as objects where JSON is asked for, else as aligned lines of cells cut at `widest`."""
    if options.format == "json":
        head, *body = rows
        write_json(out, [dict(zip(head, row, strict=True)) for row in body])
    else:
        for line in aligned(headed(rows, say, named), widest):
            print(line, file=out)
    return int(ExitCode.CLEAN)


def headed(
    rows: Sequence[Sequence[str]], say: Phrasebook, named: Mapping[int, str] = MappingProxyType({})
) -> list[list[str]]:
    """Rows as people read them: the head in their language, and columns of names of a group of texts."""
    head, *body = rows
    told = [[say.named(named[at], text) if at in named else text for at, text in enumerate(row)] for row in body]
    return [[say.named("head", text) for text in head], *told]
