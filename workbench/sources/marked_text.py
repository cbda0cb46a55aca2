"""Markdown, as converters of pages and pictures write it: without its marks, and HTML tables in it as grids in their
place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from workbench.model.source import Page
from workbench.sources.blob import Blob
from workbench.sources.grid_text import PageBuilder
from workbench.sources.html import blocks_of
from workbench.sources.limits import ReadLimits

_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_CELL_TAG = re.compile(r"<(?:t[dh]|cell)\b", re.IGNORECASE)
_PLAIN_TAG = re.compile(r"(?<=<)(/?)(row|cell)\b")
_AS_IN_HTML = {"row": "tr", "cell": "td"}
"""What the tables of TEI, which text extractors write as XML, are made of."""
_BREAK = re.compile(
    r"<br\s*/?>|</?(?:p|div|center|h[1-6]|ul|ol|li|hr|section|figure|figcaption)\b[^<>\n]*>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^#{1,6}[ \t]+\S|^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*\||^[ \t]*\|(?:[^\n|]*\|)*[^\n|]*\\[*_]", re.MULTILINE
)
_STRESS = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n|]+)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_MARK = re.compile(
    r"<!--[^<>]*-->|!\[[^\[\]\n]*\]\([^)\[\n]*\)|"
    r"</?(?:!doctype|html|head|body|meta|span|b|strong|i|em|u|s|sup|sub|font|img|a|page_number)\b[^<>\n]*>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([*_#~`<>+.!-])")
_FORMULA = re.compile(r"\$([^$\n|<]{1,60})\$")
_SIGNS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "times": "×", "pm": "±", "sim": "~", "approx": "≈"}
_SIGN = re.compile(r"\\(ge|le|gt|lt|times|pm|sim|approx)(?:q|qslant|qq)?(?![a-zA-Z]) ?")
_FIGURE = re.compile(r"[\d.,+\-−≥≤><=×±~≈%‰ ]+")


def is_markdown(text: str) -> bool:
    """Whether a text has headings or tables in Markdown, or tables in HTML."""
    return _MARKDOWN.search(text) is not None or has_html_tables(text)


def without_marks(text: str) -> str:
    """The text of Markdown without what makes headings and bold type of it, and without the strokes before signs that
    shall make none; its tables stay."""
    text = _HEADING.sub("", text)
    if "**" in text or "__" in text:
        text = _STRESS.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _with_figures(unescape(text).replace("\xa0", " ") if "&" in text else text)


def has_html_tables(text: str) -> bool:
    """Whether a text holds a table with cells in HTML."""
    found = _TABLE_TAG.search(text)
    return found is not None and _CELL_TAG.search(text, found.end()) is not None


def marked_page(text: str, number: int, blob: Blob, limits: ReadLimits) -> Page:
    """A page of text with HTML tables in it: they become its grids, and what stands between stays line by line, without
    the marks of Markdown and HTML."""
    builder = PageBuilder(blob.name, limits)
    for is_table, stretch in _stretches(text):
        if not is_table:
            builder.add_paragraph(_plain(stretch))
            continue
        stretch = _PLAIN_TAG.sub(lambda tag: tag[1] + _AS_IN_HTML[tag[2]], stretch)
        for block in blocks_of(_with_figures(stretch), blob, limits):
            if isinstance(block, str):
                builder.add_paragraph(block)
            else:
                builder.add_grid(block)
    return builder.page(number)


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut where outer tables begin and end; one that is never closed ends with the text."""
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            if depth == 0:
                yield False, text[start : tag.start()]
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield True, text[start : tag.end()]
                start = tag.end()
    yield depth > 0, text[start:]


def _plain(text: str) -> str:
    return without_marks(_MARK.sub("", _BREAK.sub("\n", text)))


def _with_figures(text: str) -> str:
    return with_signs(_FORMULA.sub(_printed, text) if "$" in text else text)


def with_signs(text: str) -> str:
    """The text with the signs that a reader of pictures wrote as in formulas as they are printed."""
    return _SIGN.sub(lambda sign: _SIGNS[sign[1]], text) if "\\" in text else text


def _printed(formula: re.Match[str]) -> str:
    text = with_signs(unescape(formula[1])).replace(" \\%", "%").replace("\\", "").strip()
    return text if _FIGURE.fullmatch(text) else formula[0]
