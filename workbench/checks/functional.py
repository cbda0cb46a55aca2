"""The rows of a statement by functional class: code, name, and the names of the classes above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.table import Table

_CODE = re.compile(r"\d{2,9}")
_HEADS_OF_CODE = re.compile(r".*(?:编码|代码)|类|款|项|功能分类.*|经济分类.*|科目")
_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]+[)）]?[、.．]|其中[:：]?)+")


@dataclass(frozen=True, slots=True)
class FunctionalRow:
    """A row with a code: its digits joined over 类 款 项 columns, its name, the names from the highest level down."""

    row: int
    code: str
    code_columns: tuple[int, ...]
    name_column: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its own name as printed."""
        return self.names[-1]

    @property
    def path(self) -> tuple[str, ...]:
        """The names as keys for comparing."""
        return tuple(label_key(name) for name in self.names)


def functional_rows(table: Table) -> tuple[FunctionalRow, ...]:
    """The rows of `table` that carry a class code (functional or economic), in order. Codes in one column, or split
    over 类, 款 and 项; code and name in one cell are taken apart."""
    return tuple(coded_rows(table))


def coded_rows(table: Table) -> list[FunctionalRow]:
    """As `functional_rows`, as a list."""
    columns = code_columns(table)
    if not columns:
        return []
    found: list[FunctionalRow] = []
    names: dict[str, str] = {}
    name_column = _name_column(table, columns)
    if name_column is None:
        return []
    for index, cells in enumerate(table.rows):
        parts = [label_key(cells[column].text) for column in columns]
        code = "".join(parts)
        if not _CODE.fullmatch(code) or len(code) % 2 == 0 or len(code) > 9 or len(code) < 3:
            continue
        name = _NUMBERING.sub("", cells[name_column].text.strip())
        if not name:
            continue
        names[code] = name
        above = [names[code[:length]] for length in (3, 5, 7) if length < len(code) and code[:length] in names]
        found.append(FunctionalRow(index, code, tuple(columns), name_column, (*above, name)))
    return found


def code_columns(table: Table) -> list[int]:
    """The leading columns that hold class codes."""
    found: list[int] = []
    for column in range(min(table.width, 6)):
        path = [label_key(part) for part in table.column_path(column)]
        texts = [label_key(row[column].text) for row in table.rows if row[column].text.strip()]
        codes = sum(1 for text in texts if _CODE.fullmatch(text))
        sequence = bool(path) and path[-1] in ("序号", "行次", "栏次")
        if texts and not sequence and codes * 2 > len(texts) and any(_HEADS_OF_CODE.fullmatch(part) for part in path):
            if found and column != found[-1] + 1:
                break
            found.append(column)
        elif found:
            break
    lengths = (
        {len(label_key(row[found[0]].text)) for row in table.rows if row[found[0]].text.strip()} if found else set()
    )
    return found[:1] if lengths - {2, 3} else found


def _name_column(table: Table, columns: list[int]) -> int | None:
    for column in range(columns[-1] + 1, min(table.width, columns[-1] + 3)):
        kinds = [row[column].figure.kind for row in table.rows]
        if kinds.count(FigureKind.TEXT) * 2 > len([kind for kind in kinds if kind is not FigureKind.BLANK]):
            return column
    return None
