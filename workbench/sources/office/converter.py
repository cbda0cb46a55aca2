"""Binary files of Word and WPS, RTF, documents in one file of XML: converted by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.limits import ReadLimits

_SHEETS = frozenset({".xls", ".et", ".xlt", ".xlsb", ".csv", ".fods"})
_SHEET_MARKS = (b'progid="Excel', b"opendocument.spreadsheet")
"""What XML that holds a workbook says in its first lines, whatever its name."""
_HEAD = 4096


def read_office(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document by way of .docx or .xlsx. Raises MissingExtraError where LibreOffice is not on the PATH,
    UnreadableSourceError for a locked file, and where the conversion fails or takes too long."""
    if "EncryptedPackage".encode("utf-16-le") in blob.data:
        raise UnreadableSourceError(blob.name, "is locked with a password", "save a copy without one and read that")
    program = _program()
    if program is None:
        raise MissingExtraError(
            blob.name,
            "LibreOffice, which opens old Word and WPS files,",
            "install LibreOffice, or save the document as .docx, .xlsx or PDF",
        )
    from workbench.sources.office.word import read_docx
    from workbench.sources.office.workbook import read_xlsx

    sheets = blob.suffix in _SHEETS or any(mark in blob.data[:_HEAD] for mark in _SHEET_MARKS)
    converted = Blob(blob.name, _convert(blob, program, "xlsx" if sheets else "docx", limits))
    document = (read_xlsx if sheets else read_docx)(converted, limits)
    return SourceDocument(
        blob.name,
        blob.sha256,
        "application/msword",
        f"office+{document.reader}",
        document.pages,
        (*document.warnings, "converted by LibreOffice"),
    )


def converter_mark() -> str:
    """What tells one installed LibreOffice from another, which may convert otherwise: its files' dates and sizes, since
    to ask it takes seconds; "" where there is none."""
    program = _program()
    if program is None:
        return ""
    place = Path(program).resolve()
    marks = [str(place)]
    for file in (place, *(place.with_name(name) for name in ("soffice.bin", "versionrc"))):
        with suppress(OSError):
            status = file.stat()
            marks.append(f"{file.name} {status.st_size} {status.st_mtime_ns}")
    return " ".join(marks)


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _convert(blob: Blob, program: str, target: str, limits: ReadLimits) -> bytes:
    """The converted bytes. The program runs in a folder of its own, with a profile of its own,
    with no macro allowed."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        source = Path(folder, "document" + (blob.suffix or ".doc"))
        source.write_bytes(blob.data)
        command = [
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", target, "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 (the program is the one on the PATH, the arguments are ours)
                command, capture_output=True, timeout=limits.seconds, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableSourceError(
                blob.name, f"was not converted within {limits.seconds:g} seconds", "save it as .docx or PDF"
            ) from error
        except OSError as error:
            raise UnreadableSourceError(
                blob.name, "could not be given to LibreOffice", "check its installation"
            ) from error
        result = source.with_suffix("." + target)
        if done.returncode or not result.is_file():
            raise UnreadableSourceError(blob.name, "could not be converted by LibreOffice", "save it as .docx or PDF")
        return result.read_bytes()
