"""Case files as a Word document: the few parts of Office Open XML that headings, paragraphs, lists and tables need,
written piece by piece, so that thousands of cases take the memory of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from workbench.export.case_blocks import Block, Bullets, Grid, Heading, Paragraph
from workbench.model.own_marks import BOOKMARK, CREATOR

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_SIZES = {1: 32, 2: 26, 3: 22}
"""Sizes of headings in half points."""

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/><Relationship Id="r2" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    ),
    "docProps/core.xml": (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{CREATOR}</dc:creator></cp:coreProperties>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles xmlns:w="{_MAIN}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200"/><w:outlineLvl w:val="{level - 1}"/>'
            f'</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
            for level, size in _SIZES.items()
        )
        + "</w:styles>"
    ),
}


def write_word_file(path: Path, documents: Iterable[Iterable[Block]]) -> None:
    """Writes documents to one file, each from a new page. Raises OSError."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _DECLARATION + text)
        with archive.open("word/document.xml", "w", force_zip64=True) as file:
            for piece in _document(documents):
                file.write(piece.encode("utf-8"))


def _document(documents: Iterable[Iterable[Block]]) -> Iterator[str]:
    yield f'{_DECLARATION}<w:document xmlns:w="{_MAIN}"><w:body>'
    yield f'<w:bookmarkStart w:id="0" w:name="{BOOKMARK}"/><w:bookmarkEnd w:id="0"/>'
    for number, blocks in enumerate(documents):
        if number:
            yield _PAGE_BREAK
        for block in blocks:
            yield _xml(block)
    yield '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'


def _xml(block: Block) -> str:
    match block:
        case Heading(level, text):
            return _paragraph(text, f'<w:pStyle w:val="Heading{level}"/>')
        case Paragraph(text):
            return _paragraph(text)
        case Bullets(items):
            return "".join(_paragraph(f"• {item}", '<w:ind w:left="360" w:hanging="240"/>') for item in items)
        case Grid(head, rows):
            return _table([head, *rows] if head else list(rows), bold_first_row=bool(head))


def _paragraph(text: str, properties: str = "", *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = (f'<w:r>{look}<w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in text.split("\n"))
    return f"<w:p><w:pPr>{properties}</w:pPr>{'<w:r><w:br/></w:r>'.join(lines)}</w:p>"


def _table(rows: Sequence[Sequence[str]], *, bold_first_row: bool) -> str:
    if not rows:
        return ""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "<w:gridCol/>" * len(rows[0])
    lines = (
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell, bold=bold_first_row and not number)}</w:tc>" for cell in row)
        + "</w:tr>"
        for number, row in enumerate(rows)
    )
    # A table must be followed by a paragraph, or Word runs it together with the next one.
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl><w:p/>"
