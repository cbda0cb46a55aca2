"""Files that no reader reads: what each is, told by its first bytes or its name, and what to do with it."""

from __future__ import annotations

from pathlib import PurePath

_ARCHIVE = "an archive of a kind that is not opened: unpack it, and give the documents in it"
_PAGES = "a file of pages with a program of its own: save or print it as PDF there, and give that"
_PICTURE = "a picture of a kind that is not read: save it as PNG, and give that"
_SLIDES = "slides: save them as PDF, and give that"
_OFD = "an OFD file: save it as PDF in the program that shows it, and give that"

_FIRST_BYTES = {
    b"Rar!\x1a\x07": _ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"BZh": _ARCHIVE,
    b"\xfd7zXZ\x00": _ARCHIVE,
    b"GIF8": _PICTURE,
    b"Founder CEB": _PAGES,
    b"CAJ\x00": _PAGES,
    b"KDH ": _PAGES,
    b"AT&TFORM": _PAGES,
    b"%!PS": _PAGES,
}
_ENDINGS = {
    ".ceb": _PAGES, ".cebx": _PAGES, ".caj": _PAGES, ".kdh": _PAGES, ".nh": _PAGES, ".sep": _PAGES, ".gd": _PAGES,
    ".gw": _PAGES, ".xps": _PAGES, ".oxps": _PAGES, ".djvu": _PAGES,
    ".ppt": _SLIDES, ".pptx": _SLIDES, ".pps": _SLIDES, ".dps": _SLIDES, ".odp": _SLIDES,
    ".rar": _ARCHIVE, ".7z": _ARCHIVE, ".tar": _ARCHIVE, ".gz": _ARCHIVE, ".tgz": _ARCHIVE, ".bz2": _ARCHIVE,
    ".webp": _PICTURE, ".heic": _PICTURE, ".gif": _PICTURE, ".avif": _PICTURE,
    ".ofd": _OFD,
}  # fmt: skip
"""What a name promises, of files whose first bytes are not known."""
_PACKED = {b"OFD.xml": _OFD, b"ppt/presentation": _SLIDES, b"FixedDocSeq": _PAGES, b"FixedDocumentSequence": _PAGES}
"""What a name in a ZIP's directory tells."""


def unread_kind(data: bytes) -> str:
    """What these bytes are and what to do with them, where it is known that no reader reads them; "" otherwise."""
    for mark, kind in _FIRST_BYTES.items():
        if data.startswith(mark):
            return kind
    if data[257:262] == b"ustar":
        return _ARCHIVE
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return _PICTURE
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _PICTURE
    if data.startswith(b"PK"):
        names = data[-256 * 1024 :] + data[: 64 * 1024]
        return next((kind for mark, kind in _PACKED.items() if mark in names), "")
    if data.startswith(b"\xd0\xcf\x11\xe0") and "PowerPoint Document".encode("utf-16-le") in data:
        return _SLIDES
    return ""


def unread_ending(name: str) -> str:
    """The same, told by a file's name alone."""
    return _ENDINGS.get(PurePath(name).suffix.lower(), "")
