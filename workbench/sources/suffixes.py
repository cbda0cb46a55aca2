"""The formats that can be read, and which of them the name of a file promises."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What can be read."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    ODT = "odt"
    CSV = "csv"
    HTML = "html"
    SAVED_PAGE = "mhtml"
    """A web page with all its parts in one file, or a mail."""
    TEXT = "text"
    OFFICE = "office"
    """Word's and WPS's binary files, RTF and the like: converted by LibreOffice first."""
    ZIP = "zip"
    IMAGE = "image"
    UNREAD = "unread"
    """Told apart from others that are not read, so that it can be said what to do with it (`sources/unread.py`)."""
    JSON_TABLES = "json-tables"
    """Tables in JSON as any other extractor writes them, without what a tables file says of them."""
    TABLES = "tables"
    """A tables file: the result of an extraction, not a source."""


SUFFIXES: dict[str, Format] = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX, ".docm": Format.DOCX, ".dotx": Format.DOCX,
    ".xlsx": Format.XLSX, ".xlsm": Format.XLSX, ".xltx": Format.XLSX,
    ".xls": Format.XLS, ".et": Format.XLS, ".xlt": Format.XLS,
    ".ods": Format.ODS, ".odt": Format.ODT,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".shtml": Format.HTML,
    ".mht": Format.SAVED_PAGE, ".mhtml": Format.SAVED_PAGE, ".eml": Format.SAVED_PAGE,
    ".txt": Format.TEXT, ".text": Format.TEXT, ".tsv": Format.TEXT, ".csv": Format.CSV,
    ".md": Format.TEXT, ".markdown": Format.TEXT,
    ".doc": Format.OFFICE, ".wps": Format.OFFICE, ".rtf": Format.OFFICE, ".dot": Format.OFFICE,
    ".fodt": Format.OFFICE, ".fods": Format.OFFICE,
    ".zip": Format.ZIP,
    ".ofd": Format.UNREAD, ".ceb": Format.UNREAD, ".rar": Format.UNREAD, ".7z": Format.UNREAD,
    ".png": Format.IMAGE, ".jpg": Format.IMAGE, ".jpeg": Format.IMAGE, ".tif": Format.IMAGE, ".tiff": Format.IMAGE,
    ".bmp": Format.IMAGE,
    ".json": Format.TABLES,
}  # fmt: skip
"""What a name promises."""
