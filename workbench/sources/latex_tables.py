r"""Tables that a reader of pictures or papers wrote in LaTeX, as tables in HTML: \multicolumn and \multirow span, rules
and alignment are nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

_EDGE = re.compile(r"\\(begin|end)\s*\{(tabular[xy*]?|tabu|longtable|supertabular|array)\}")
_OF_TWO = frozenset({"tabularx", "tabulary", "tabular*"})
"""They are told their width before their columns."""
_OPTION = re.compile(r"\s*\[[^\[\]]*\]")
_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot"
    r"|(?:[xc]?cline|cmidrule|rowcolor|cellcolor)\s*(?:\([^()]*\)|\[[^\[\]]*\])?\s*\{[^{}]*\})(?![a-zA-Z])"
)
_ROW_END = re.compile(r"\\\\(?:\s*\[[^\[\]]*\])?|\\(?:newline|tabularnewline)(?![a-zA-Z])")
_CELL_END = re.compile(r"&")
_SPAN = re.compile(r"\\multi(column|row)\s*(?:\[[^\[\]]*\])?\s*(?=\{)")
_MARK = re.compile(
    r"\\(?:begin|end)\s*\{(?:table\*?|center|document|landscape|adjustbox|minipage)\}(?:\[[^\[\]\n]*\])?"
    r"|\\(?:caption|title|(?:sub)*section|chapter|paragraph|text[a-z]{2,6}|text|math[a-z]{2,4}|underline|emph|makecell|thead)"
    r"(?![a-zA-Z])\*?(?:\[[^\[\]\n]*\])?"
    r"|\\(?:centering|small|footnotesize|noindent|newpage|clearpage|quad|qquad)(?![a-zA-Z])|(?<!\\)[{}]|\\[\[\]()]"
)
_ESCAPED = re.compile(r"\\([%&_#${} ])")
_MOST_SPANNED = 200


class _Cell(NamedTuple):
    """What a cell prints, and how many rows and columns it spans."""

    text: str
    rows: int
    columns: int

    @property
    def tag(self) -> str:
        """The cell in HTML."""
        rows = f' rowspan="{self.rows}"' if self.rows > 1 else ""
        columns = f' colspan="{self.columns}"' if self.columns > 1 else ""
        return f"<td{rows}{columns}>{escape(self.text, quote=False)}</td>"


def has_latex_tables(text: str) -> bool:
    """Whether a text holds a table in LaTeX."""
    return "\\begin" in text and _EDGE.search(text) is not None


def with_html_tables(text: str) -> str:
    """The text, its tables in LaTeX written in HTML, what stands around them without the marks of LaTeX."""
    return "".join(_html(part) if is_table else _plain(part) for is_table, part in _stretches(text))


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut where outer tables begin and end, their marks left out; one that never ends goes to the end."""
    depth = start = 0
    for edge in _EDGE.finditer(text):
        if edge[1] == "begin":
            if depth == 0:
                yield False, text[start : edge.start()]
                start = _behind_columns(text, edge)
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield True, text[start : edge.start()]
                start = edge.end()
    yield depth > 0, text[start:]


def _behind_columns(text: str, begin: re.Match[str]) -> int:
    """Where the first row of a table begins: behind what its columns are said to be."""
    at = begin.end()
    while option := _OPTION.match(text, at):
        at = option.end()
    for _ in range(2 if begin[2] in _OF_TWO else 1):
        _, at = _argument(text, at)
    return at


def _argument(text: str, start: int) -> tuple[str, int]:
    """The argument in braces at `start` or behind blanks there, and where it ends; nothing where there is none."""
    first = start
    while text[first : first + 1].isspace():
        first += 1
    if text[first : first + 1] != "{":
        return "", start
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, first):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return text[first + 1 : found.start()], found.end()
    return text[first + 1 :], len(text)


def _parts(text: str, end: re.Pattern[str]) -> Iterator[str]:
    """The text cut at ends that stand in no braces and in no table within."""
    depth = start = 0
    for found in re.finditer(rf"{_EDGE.pattern}|({end.pattern})|\\.|[{{}}]", text, re.DOTALL):
        if found[1] or found[0] in "{}":
            depth += 1 if found[1] == "begin" or found[0] == "{" else -1
        elif found[3] and depth == 0:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _html(body: str) -> str:
    """The rows of a table in HTML. A blank below a cell that spans rows is part of that."""
    lines: list[str] = []
    covered: dict[int, int] = {}
    for row in _parts(_RULE.sub("", body), _ROW_END):
        if not row.strip():
            continue
        column = 0
        line = ""
        for cell in map(_cell, _parts(row, _CELL_END)):
            places = range(column, column + cell.columns)
            column += cell.columns
            if not cell.text and all(covered.get(place) for place in places):
                continue
            line += cell.tag
            covered.update(dict.fromkeys(places, cell.rows))
        covered = {place: rows - 1 for place, rows in covered.items() if rows > 1}
        lines.append(f"<tr>{line}</tr>")
    return f"\n<table>{''.join(lines)}</table>\n"


def _cell(text: str) -> _Cell:
    spans = {"row": 1, "column": 1}
    text = text.strip()
    while span := _SPAN.match(text):
        count, at = _argument(text, span.end())
        while option := _OPTION.match(text, at):
            at = option.end()
        _, behind = _argument(text, at)
        # \multirow{2}*{…} is told no width
        at = behind if behind > at else at + 1
        text = _argument(text, at)[0].strip()
        if count.strip().isdecimal():
            spans[span[1]] = max(1, min(int(count), _MOST_SPANNED))
    return _Cell(_plain(text).strip(), spans["row"], spans["column"])


def _plain(text: str) -> str:
    """Text as it is printed: without the names of types and headings; lines of one cell joined."""
    if "\\" not in text and "{" not in text and "~" not in text:
        return text
    kept, start = "", 0
    for edge in _EDGE.finditer(text):
        if edge.start() >= start:
            kept += text[start : edge.start()]
            start = _behind_columns(text, edge) if edge[1] == "begin" else edge.end()
    text = _MARK.sub("", _ROW_END.sub("", kept + text[start:]))
    return _ESCAPED.sub(r"\1", text).replace("~", " ")
