"""How well made-up documents are read: `python -m tests.generator.score --seeds 1000:1050 [--layouts word,ruled]
[--documents budget,final]`.

A figure is right when the read document has it under the same row labels and the same column path of a table of the
same form; F1 is that of neighbouring cells (each cell with the next non-empty one to the right and below). Both are
printed per layout, with the figures that no such document prints (alien ones).
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.generator.content import Disclosure, random_disclosure
from tests.generator.final_accounts import random_final_accounts
from tests.generator.office_layouts import OFFICE_LAYOUTS
from tests.generator.pdf_layouts import PDF_LAYOUTS, scanned_pdf
from tests.generator.text_layouts import TEXT_LAYOUTS
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.sources import read_source
from workbench.tables import parse
from workbench.tables.interchange.to_json import document_to_json

Grid = list[list[str]]

DOCUMENTS: dict[str, Callable[[int], Disclosure]] = {"budget": random_disclosure, "final": random_final_accounts}
SUFFIXES = {
    "docx": "docx",
    "xlsx": "xlsx",
    "ruled": "pdf",
    "boxed": "pdf",
    "levelled": "pdf",
    "borderless": "pdf",
    "scan": "pdf",
}


def writers() -> dict[str, Callable[[Disclosure], bytes]]:
    """Every layout's writer of bytes."""
    texts = {name: lambda document, render=render: render(document).encode() for name, render in TEXT_LAYOUTS.items()}
    return {**texts, **OFFICE_LAYOUTS, **PDF_LAYOUTS, "scan": scanned_pdf}


@dataclass(slots=True)
class Score:
    """Counts over documents."""

    figures: int = 0
    right: int = 0
    links: int = 0
    found_links: int = 0
    common_links: int = 0
    alien: int = 0

    @property
    def recall(self) -> float:
        """Share of the figures found under the right row labels and column path."""
        return self.right / self.figures if self.figures else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of neighbouring cells."""
        both = self.links + self.found_links
        return 2 * self.common_links / both if both else 1.0

    def add(self, other: Score) -> None:
        """Adds the counts of another score."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def score(gold: dict, found: dict) -> Score:
    """One document's score: `gold` and `found` as the tables file has them."""
    total = Score()
    said = Counter(key for table in gold["tables"] for key in _figures(table))
    read = Counter(key for table in found["tables"] for key in _figures(table))
    total.figures = sum(said.values())
    total.right = sum((said & read).values())
    gold_links = Counter(link for table in gold["tables"] for link in _links(table))
    found_links = Counter(link for table in found["tables"] for link in _links(table))
    total.links, total.found_links = sum(gold_links.values()), sum(found_links.values())
    total.common_links = sum((gold_links & found_links).values())
    known = {text for table in gold["tables"] for row in table["rows"] for text in row}
    total.alien = sum(
        1 for table in found["tables"] for row in table["rows"] for t in row if _is_figure(t) and t not in known
    )
    return total


def _is_figure(text: str) -> bool:
    return read_figure(text).kind is FigureKind.NUMBER and "." in text


def _numbering(row: list[str]) -> bool:
    digits = [cell for cell in row if cell.isdigit()]
    return len(digits) >= 2 and digits == [str(n) for n in range(1, len(digits) + 1)]


def _figures(table: dict) -> list[tuple]:
    header = [[match_key(t) for t in row] for row in table["header"] if not _numbering(row)]
    keys = []
    for row in table["rows"]:
        for column, text in enumerate(row):
            if _is_figure(text):
                labels = tuple(match_key(t) for t in row[:column] if t and not _is_figure(t))
                path = tuple(dict.fromkeys(head[column] for head in header if head[column]))
                keys.append((table["form"], labels, path, text))
    return keys


def _links(table: dict) -> list[tuple[str, str, str]]:
    header = [[match_key(t) for t in row] for row in table["header"] if any(row) and not _numbering(row)]
    # A heading that runs down may be repeated or printed once: text does not show which.
    once = [
        ["" if any(above[column] == text for above in header[:index]) else text for column, text in enumerate(row)]
        for index, row in enumerate(header)
    ]
    grid = once + [[match_key(t) for t in row] for row in table["rows"] if any(row)]
    found = []
    for i, row in enumerate(grid):
        for j, text in enumerate(row):
            if not text:
                continue
            right = next((t for t in row[j + 1 :] if t), "")
            below = next((grid[k][j] for k in range(i + 1, len(grid)) if grid[k][j]), "")
            if right and right != text:
                found.append((text, right, "right"))
            if below and below != text:
                found.append((text, below, "below"))
    return found


def read_made(document: Disclosure, layout: str, folder: Path) -> dict:
    """The made-up document written in a layout, read and parsed, as the tables file has it."""
    path = folder / f"made.{SUFFIXES.get(layout, 'txt')}"
    path.write_bytes(writers()[layout](document))
    return document_to_json(parse(read_source(path)))


def main() -> None:
    """Prints the scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", default="1000:1010")
    arguments.add_argument("--layouts", default=",".join(name for name in writers() if name != "scan"))
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument(
        "--sheets", type=int, default=0, help="only so many tables a document, others each time (scans)"
    )
    arguments.add_argument("--documents", default="budget,final")
    options = arguments.parse_args()
    start, end = (int(part) for part in options.seeds.split(":"))
    print(f"{'layout':22} {'documents':>9} {'F1':>7} {'figures':>8} {'right':>8} {'alien':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, layout in product(options.documents.split(","), options.layouts.split(",")):
            total = Score()
            for seed in range(start, end):
                document = DOCUMENTS[kind](seed)
                if options.sheets:
                    first = seed % len(document.sheets)
                    document.sheets = (document.sheets * 2)[first : first + options.sheets]
                one = score(document.gold(), read_made(document, layout, Path(folder)))
                total.add(one)
                if options.verbose and (one.recall < 1 or one.f1 < 1 or one.alien):
                    print(f"  {kind} {layout} {seed}: F1 {one.f1:.4f} figures {one.recall:.4f} alien {one.alien}")
            print(
                f"{kind + ' ' + layout:22} {end - start:9} {total.f1:7.4f} {total.figures:8} {total.recall:8.4f} {total.alien:6}",
                flush=True,
            )


if __name__ == "__main__":
    main()
