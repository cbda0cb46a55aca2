"""The lists of a data set as pandas data frames, for notebooks and for columnar files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.export.dataset import copies_marked
from workbench.export.rows import LISTS, NULLABLE, DocumentPart, kind_of, rows_of

if TYPE_CHECKING:
    import pandas


def frames_of(parts: Iterable[DocumentPart]) -> dict[str, pandas.DataFrame]:
    """A frame for each list: documents, figures, corrections, findings; columns as `workbench export` names them.

    Counts are integers, and so are years, levels and pages, which may be missing; yes and no are booleans, `value` and
    the other numbers are Decimals (None where there is none), everything else is text.
    """
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in LISTS}
    for part in copies_marked(parts):
        for name, more in rows_of(part):
            rows[name] += more
    return {name: _with_decimals(name, frame_of(name, rows[name])) for name in LISTS}


def frame_of(name: str, rows: Sequence[tuple[object, ...]]) -> pandas.DataFrame:
    """The rows of one list as a frame, numbers still as texts."""
    import pandas

    types = {"integer": "int64", "boolean": "bool"}
    frame = pandas.DataFrame.from_records(rows, columns=list(LISTS[name]))
    return frame.astype(
        {
            column: "Int64" if column in NULLABLE else types.get(kind_of(column, name), "object")
            for column in LISTS[name]
        }
    )


def _with_decimals(name: str, frame: pandas.DataFrame) -> pandas.DataFrame:
    import pandas

    for column in LISTS[name]:
        if kind_of(column, name) == "number":
            values = [Decimal(text) if text else None for text in frame[column]]
            frame[column] = pandas.Series(values, index=frame.index, dtype=object)
    return frame
