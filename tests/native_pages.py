"""Pages that mark their tables (as Word, Excel and HTML readers give them), from rows of texts.

`None` is a place that the cell to its left spans, `UP` one that the cell above spans.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.source import Grid, GridCell, Page, SourceDocument

UP = "^"
Rows = Sequence[Sequence[str | None]]


def native_page(*blocks: str | Rows, number: int = 1, name: str = "") -> Page:
    """A page of paragraphs and tables in this order."""
    text = ""
    grids: list[Grid] = []
    for block in blocks:
        if isinstance(block, str):
            text += block + "\n"
            continue
        start = len(text)
        cells: list[GridCell] = []
        for row, texts in enumerate(block):
            for column, printed in enumerate(texts):
                if column:
                    text += "\t"
                if printed is None or printed == UP:
                    continue
                right = column + 1
                while right < len(texts) and texts[right] is None:
                    right += 1
                below = row + 1
                while below < len(block) and block[below][column] == UP:
                    below += 1
                pieces = ((len(text), len(text) + len(printed)),) if printed else ()
                cells.append(GridCell(row, column, below - row, right - column, pieces))
                text += printed
            text += "\n"
        grids.append(Grid(len(block), max(map(len, block)), tuple(cells), start, len(text)))
    return Page(number, text, name=name, grids=tuple(grids))


def native_source(*pages: Page) -> SourceDocument:
    """A document of these pages."""
    return SourceDocument("made.docx", "0" * 64, "application/test", "made/1", pages)
