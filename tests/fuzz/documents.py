"""Mutated documents over all readers: `python -m tests.fuzz.documents --count 20000 --seed 1`.

Small made-up documents of every format are damaged (bytes flipped, cut, doubled, spliced; inside archives their parts)
and read, parsed and checked. What comes back must be a document or a WorkbenchError, within the time and the memory.
Whatever breaks that is written to the folder given with `--keep`, to become a case.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.generator.content import Disclosure, Style, disclosure, random_budget
from tests.generator.office_layouts import OFFICE_LAYOUTS
from tests.generator.pdf_layouts import PDF_LAYOUTS
from tests.generator.text_layouts import TEXT_LAYOUTS
from workbench.errors import WorkbenchError
from workbench.pipeline import AnalysisOptions, analyse_file

SECONDS = 20
TOKENS = (
    b"\x00", b"\xff\xfe", b"\x1b[2J", b"[/]", "合计".encode(), "单位：万元".encode(), b"9" * 400, b"-", b"1e999999999", b"\t" * 50,
    b"\n" * 50, b"\f", "\u202e".encode(), b"<w:tbl>", b"</w:tr>", b"rowspan='99999'", b"endobj", b"/Kids [1 0 R]", b"<<" * 30,
    b"=cmd|' /C calc'!A0", "——".encode(), b"1,2,3,4", b"201 20106 2010601", "（".encode() * 20,
)  # fmt: skip


class TooSlowError(Exception):
    """The time for one document is over."""


def html_file(document: Disclosure) -> bytes:
    """The tables as an HTML page."""
    parts = ["<html><meta charset='utf-8'><body>", f"<h1>{document.title}</h1>"]
    for sheet in document.sheets:
        parts.append(f"<p>{sheet.title}</p><p>单位：{sheet.unit}</p><table>")
        for row in [*sheet.header, *sheet.rows]:
            parts.append("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>")
        parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode()


def zip_file(document: Disclosure) -> bytes:
    """An archive with two documents in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT_LAYOUTS["tsv"](document))
        archive.writestr("b.html", html_file(document))
    return buffer.getvalue()


def tables_file(document: Disclosure) -> bytes:
    """The document as tables JSON."""
    import json

    return json.dumps(document.gold(), ensure_ascii=False).encode()


def seeds() -> list[tuple[str, bytes]]:
    """(suffix, bytes) of small documents in every format."""
    budget = random_budget(random.Random(4))
    budget.functions = dict(list(budget.functions.items())[:4])
    made = disclosure(budget, Style(separators=True), "青禾县财政局", 2024)
    made.sheets = [made.sheets[index] for index in (1, 2, 6)]
    writers: dict[str, tuple[str, Callable[[Disclosure], bytes]]] = {
        name: ("txt", lambda document, render=render: render(document).encode())
        for name, render in TEXT_LAYOUTS.items()
    }
    writers["gb18030"] = ("txt", lambda document: TEXT_LAYOUTS["word"](document).encode("gb18030"))
    writers["utf16"] = ("txt", lambda document: TEXT_LAYOUTS["aligned"](document).encode("utf-16"))
    writers |= {name: (name, writer) for name, writer in OFFICE_LAYOUTS.items()}
    writers |= {name: ("pdf", writer) for name, writer in PDF_LAYOUTS.items()}
    writers |= {"html": ("html", html_file), "zip": ("zip", zip_file), "json": ("json", tables_file)}
    return [(suffix, writer(made)) for suffix, writer in writers.values()]


def damaged(chance: random.Random, data: bytes) -> bytes:
    """The bytes with one to eight things done to them."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1) if data else 0
        end = min(len(data), at + chance.choice([1, 2, 8, 64, 512]))
        kind = chance.randrange(6)
        if kind == 0:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(end - at)) + data[end:]
        elif kind == 1:
            data = data[:at] + data[end:]
        elif kind == 2:
            data = data[:end] + data[at:end] * chance.choice([1, 2, 20]) + data[end:]
        elif kind == 3:
            data = data[:at] + chance.choice(TOKENS) + data[at:]
        elif kind == 4 and chance.random() < 0.3:
            data = data[:at]
        else:
            other = chance.randrange(len(data) + 1) if data else 0
            data = data[:at] + data[other : other + (end - at)] + data[at:]
    return data


def damaged_inside(chance: random.Random, data: bytes) -> bytes:
    """An archive with one of its parts damaged, whole again outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".txt", ".html"))] or names)
        for name in names:
            content = old.read(name)
            new.writestr(name, damaged(chance, content) if name == chosen else content)
    return buffer.getvalue()


def mutated(chance: random.Random, suffix: str, data: bytes) -> bytes:
    """One mutation of a document."""
    if suffix in ("docx", "xlsx", "zip") and chance.random() < 0.7:
        return damaged_inside(chance, data)
    return damaged(chance, data)


def attempt(path: Path) -> str:
    """What became of one document: "read", "refused", or the traceback of what must not happen."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        analyse_file(path, AnalysisOptions())
    except WorkbenchError:
        return "refused"
    except TooSlowError:
        return f"slow: over {SECONDS} s"
    except Exception:  # noqa: BLE001  this is what is looked for
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "read"


def run(count: int, seed: int, keep: Path | None) -> int:
    """Tries `count` documents and returns how many broke a promise."""

    def over(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGALRM, over)
    chance = random.Random(seed)
    originals = seeds()
    results: Counter[str] = Counter()
    seen: set[str] = set()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            suffix, data = chance.choice(originals)
            path = Path(folder) / f"case.{suffix}"
            path.write_bytes(mutated(chance, suffix, data))
            outcome = attempt(path)
            kind = outcome if outcome in ("read", "refused") else "broken"
            results[kind] += 1
            if kind == "broken":
                last = outcome.strip().splitlines()
                place = " ".join(line.strip() for line in last[-3:])
                if place not in seen:
                    seen.add(place)
                    print(f"{number} .{suffix}: {outcome}", flush=True)
                    if keep:
                        keep.mkdir(parents=True, exist_ok=True)
                        (keep / f"seed{seed}_{number}.{suffix}").write_bytes(path.read_bytes())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = time.monotonic() - start
    print(f"{count} documents in {seconds:.0f} s: {dict(results)}, {len(seen)} different, peak memory {peak} MiB")
    return results["broken"]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    return 1 if run(options.count, options.seed, options.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
