"""Case files written: Markdown and HTML document by document, Word as one file. Text of documents is never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.errors import OutputError
from workbench.export.case_blocks import Block, Bullets, Grid, Heading, Paragraph, blocks_of
from workbench.export.case_overview import Overview
from workbench.export.casefile import CaseFile
from workbench.export.files import replacing
from workbench.model.own_marks import HTML_MARK, MARKDOWN_MARK

_MARKS = re.compile(r"([\\`*\[\]<|~$&]|(?<![^\W_])_|_(?![^\W_]))")
_AT_LINE_START = re.compile(r"^(\s*(?:\d+(?=[.)](?:\s|$)))?)([.)](?=\s|$)|[-+](?=[-\s]|$)|[#>=])")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_STYLE = (
    "body{font-family:system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5}"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "h1{border-top:3px solid #444;padding-top:1rem}@media print{h1{break-before:page}}"
)


def pieces(cases: Iterable[CaseFile], format_name: str, language: str) -> Iterator[str]:
    """Markdown or HTML, in pieces as the cases come."""
    overview = Overview(language)
    if format_name == "md":
        for number, case in enumerate(overview.noting(cases)):
            if not number:
                yield f"{MARKDOWN_MARK}\n\n"
            yield "\n".join(_markdown(block) for block in blocks_of(case, language)) + "\n"
        yield "\n".join(map(_markdown, overview.blocks()))
        return
    yield f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">{HTML_MARK}<title>workbench</title>'
    yield f"<style>{_STYLE}</style></head><body>\n"
    for case in overview.noting(cases):
        yield "".join(_html(block) for block in blocks_of(case, language))
    yield "".join(map(_html, overview.blocks()))
    yield "</body></html>\n"


def write_word(cases: Iterable[CaseFile], target: Path, language: str) -> None:
    """All cases as one Word document, each from a new page. Raises OutputError where the disk refuses."""
    from workbench.export.word import write_word_file

    try:
        with replacing(target) as temporary:
            write_word_file(temporary, (map(_made_plain, blocks) for blocks in _word_parts(cases, language)))
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error


def _word_parts(cases: Iterable[CaseFile], language: str) -> Iterator[Iterator[Block]]:
    """The blocks of every case, then those of the overview, where there is one."""
    overview = Overview(language)
    for case in overview.noting(cases):
        yield blocks_of(case, language)
    if last := list(overview.blocks()):
        yield iter(last)


def _made_plain(block: Block) -> Block:
    """The block without characters that XML has no form for, or that hide."""
    match block:
        case Heading(level, text):
            return Heading(level, _plain(text))
        case Paragraph(text):
            return Paragraph(_plain(text))
        case Bullets(items):
            return Bullets(tuple(map(_plain, items)))
        case Grid(head, rows):
            return Grid(tuple(map(_plain, head)), tuple(tuple(map(_plain, row)) for row in rows))


def _plain(text: str) -> str:
    return _UNSAFE.sub("\ufffd", text)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    marked = _MARKS.sub(r"\\\1", _plain(text))
    return _AT_LINE_START.sub(r"\1\\\2", marked)


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_inline(text)}\n"
        case Paragraph(text):
            return "  \n".join(_escaped(line) for line in text.split("\n")) + "\n"
        case Bullets(items):
            return "".join(f"- {_inline(item)}\n" for item in items)
        case Grid(head, rows):
            width = max(map(len, rows), default=0)
            lines = [head or ("",) * width, ("---",) * width, *rows]
            return "".join(
                "| " + " | ".join(cell if number == 1 else _inline(cell) for cell in line) + " |\n"
                for number, line in enumerate(lines)
            )


def _inline(text: str) -> str:
    return "<br>".join(_escaped(line) for line in text.split("\n"))


def _html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{_markup(text)}</h{level}>\n"
        case Paragraph(text):
            return f"<p>{_markup(text)}</p>\n"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_markup(item)}</li>" for item in items) + "</ul>\n"
        case Grid(head, rows):
            first = "<tr>" + "".join(f"<th>{_markup(cell)}</th>" for cell in head) + "</tr>\n" if head else ""
            lines = [
                "".join(
                    f"<{'th' if not head and not place else 'td'}>{_markup(cell)}</{'th' if not head and not place else 'td'}>"
                    for place, cell in enumerate(row)
                )
                for row in rows
            ]
            return f"<table>{first}" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>\n"


def _markup(text: str) -> str:
    return html.escape(_plain(text)).replace("\n", "<br>")
