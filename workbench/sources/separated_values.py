"""Files of values apart by commas, semicolons, tabs or bars: one sheet, as a spreadsheet program shows it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise

from workbench.errors import UnreadableSourceError, UnsupportedFormatError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import REPLACEMENT
from workbench.sources.decoding import decode
from workbench.sources.limits import ReadLimits, refuse_long_lines
from workbench.sources.office.sheet import Sheet, sheet_page
from workbench.sources.plain_text import is_binary

_SAMPLE = 64 * 1024
_DELIMITERS = ",;\t|"
_LINE_ENDS = re.compile("\r\n?")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"|\'(?=[-\d])([^\']*)', re.DOTALL)
"""How a value is written so that spreadsheet programs keep its digits as they are: ="0201" and '0201 show 0201."""


def read_csv(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The values as one sheet. Raises as `read_text`, and where the file has more cells than the limit."""
    text, warnings = decode(blob)
    if is_binary(text):
        raise UnsupportedFormatError(blob.name, "binary data")
    text = _LINE_ENDS.sub("\n", text).replace("\x00", REPLACEMENT)
    # Before a line is made millions of values.
    refuse_long_lines(text, 1, blob.name, limits)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise UnreadableSourceError(
            blob.name, f"is no table of values ({error})", "save it as .txt or .xlsx"
        ) from error
    sheet = Sheet("")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value.strip():
                kept = _KEPT_AS_TEXT.fullmatch(value.strip()) if value[0] in "='" else None
                sheet.texts[row, column] = (kept[1] or kept[2]) if kept else value
        if len(sheet.texts) > limits.cells:
            raise UnreadableSourceError(blob.name, f"has more than {limits.cells} cells", "split it")
    page, _ = sheet_page(sheet, 1, blob.name, limits)
    return SourceDocument(blob.name, blob.sha256, "text/csv", "csv/1", (page,), warnings)


def _rows(text: str) -> list[list[str]]:
    """The values of each row. A quotation mark that nothing closes is a sign of the text: read as the beginning of a
    value it would swallow the rows below it."""
    delimiter = _delimiter(text[:_SAMPLE])
    try:
        rows = list(csv.reader(StringIO(text), delimiter=delimiter))
        if not _swallows_rows(rows, delimiter):
            return rows
    except csv.Error:
        if '"' not in text:
            raise
    return list(csv.reader(StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE))


def _swallows_rows(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether a value of several lines holds a line with as many values as rows of the file have."""
    widths = Counter(len(values) for values in rows if len(values) > 1)
    usual = widths.most_common(1)[0][0] if widths else 2
    return any(
        line.count(delimiter) >= usual - 1
        for values in rows
        for value in values
        if "\n" in value
        for line in value.split("\n")
    )


def _delimiter(sample: str) -> str:
    """What parts the values of a file: the sign that lines have in equal numbers one after the other. A title above the
    table may have none, and commas stand in figures as well."""

    def alike(sign: str) -> int:
        widths = [len(values) for values in csv.reader(sample.split("\n"), delimiter=sign)]
        return sum(width == other > 1 for width, other in pairwise(widths))

    return max(_DELIMITERS, key=alike)
