"""Which format a file is in: told by its first bytes, and by its name where those do not tell."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from workbench.sources.json_tables import holds_json_tables
from workbench.sources.suffixes import SUFFIXES, Format
from workbench.sources.unread import unread_ending, unread_kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAVED_PAGE = re.compile(
    rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/(?:related|mixed|alternative)", re.IGNORECASE
)
_TABLES_SCHEMA = "workbench.tables/1"
_HEAD = 4096
"""So many first bytes tell the format."""


def format_of(name: str, data: bytes) -> Format | None:
    """The format of these bytes; a wrong suffix misleads no one (web systems call HTML tables `.xls`).
    None for none."""
    promised = SUFFIXES.get(PurePath(name).suffix.lower())
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if unread_kind(data):
        return Format.UNREAD
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, promised)
    if head.startswith(_OLE):
        return _compound(data, promised)
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")) and promised is Format.XLS:
        return Format.XLS
    if head.startswith(b"{\\rtf"):
        return Format.OFFICE
    if head.startswith(_IMAGES) and (promised is Format.IMAGE or not head.startswith(b"BM")):
        return Format.IMAGE
    if _MARKUP.match(head) or _wide_markup(head):
        return Format.HTML
    if _SAVED_PAGE.match(head.lstrip()):
        return Format.SAVED_PAGE
    if head.lstrip().startswith(b"<?xml") and (b"<?mso-application" in head or b"<office:document " in head):
        return Format.OFFICE
    return _without_first_bytes(data, promised) or (Format.UNREAD if unread_ending(name) else None)


def _without_first_bytes(data: bytes, promised: Format | None) -> Format | None:
    """The format of bytes that begin like no other than text: what their name promises, as far as they may be that."""
    if promised in (Format.TEXT, Format.CSV, Format.HTML):
        return promised
    if promised is Format.TABLES:
        return Format.TABLES if is_tables(data) else Format.JSON_TABLES if holds_json_tables(data) else None
    if promised is Format.OFFICE:
        return None if b"\x00" in data[:_HEAD] else Format.TEXT
    if promised is None:
        return Format.TEXT if _looks_like_text(data[:_HEAD]) else None
    return Format.TEXT if _is_text(data) else None


def is_tables(data: bytes) -> bool:
    """Whether these bytes are a tables file: JSON with the schema workbench.tables/1, `documents` or `tables`."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and (
        content.get("schema") == _TABLES_SCHEMA
        or _are_tables(content.get("tables"))
        or (isinstance(content.get("documents"), list) and "schema" not in content)
    )


def _are_tables(value: object) -> bool:
    """Whether a list holds tables as a tables file does, or nothing that could tell."""
    if not isinstance(value, list):
        return False
    objects = [table for table in value if isinstance(table, dict)]
    return not objects or any("rows" in table or "header" in table for table in objects)


def _packed(data: bytes, promised: Format | None) -> Format:
    """What a ZIP holds, told by the names in its directory (and, where that is cut off, in its first entries)."""
    names = data[-256 * 1024 :] + data[: 64 * 1024]
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200]:
        return Format.ODS
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return Format.ODT
    if b"word/document" in names:
        return Format.DOCX
    if b"xl/workbook.bin" in names:
        return Format.OFFICE
    if b"xl/workbook" in names:
        return Format.XLSX
    return promised if promised in (Format.DOCX, Format.XLSX, Format.ODS, Format.ODT, Format.UNREAD) else Format.ZIP


def _compound(data: bytes, promised: Format | None) -> Format:
    """What an OLE compound file holds, told by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Format.OFFICE
    if "WordDocument".encode("utf-16-le") in data:
        return Format.OFFICE
    if "Workbook".encode("utf-16-le") in data or promised is Format.XLS:
        return Format.XLS
    return Format.OFFICE


def _wide_markup(head: bytes) -> bool:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return bool(_MARKUP.match(head[2:].decode(encoding, errors="ignore").encode("utf-8", errors="ignore")))
    return False


def _looks_like_text(head: bytes) -> bool:
    return not any(byte < 32 and byte not in b"\t\n\r\f\v" for byte in head)


def _is_text(data: bytes) -> bool:
    """Whether a file that promised something else is text throughout,
    and not what is left of a document (of a PDF whose head was cut off, say)."""
    if not data.strip() or not _looks_like_text(data) or b"endobj" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
