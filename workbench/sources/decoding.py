"""Bytes of texts in the encodings that Chinese documents come in."""

from __future__ import annotations

import codecs
import re

from workbench.fiscal.characters import simplified
from workbench.sources.blob import Blob
from workbench.sources.characters import REPLACEMENT

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_SINGLE_BYTES = re.compile("iso8859|cp125|latin|ascii|koi8|mac")
"""Encodings without Chinese, in which any bytes are a text: to declare one tells nothing."""
_SIGNS = (b"\xa1", b"\xa3")
"""The rows of GB 2312 with punctuation and full-width signs."""
_CLEARLY = 0.2
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_WESTERN = re.compile("[\x80-\xff]")


def decode(blob: Blob, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The characters of a file, and what had to be read past or turned back."""
    text, warnings = _decoded(blob, declared)
    meant = _turned_back(text)
    if meant:
        return meant, (*warnings, "its characters had been converted wrongly and were turned back")
    return text, warnings


def _turned_back(text: str) -> str:
    """What a text says whose bytes were once taken for a Western encoding (²¿ÃÅ for 部门); "" for any other."""
    sample = text[:_SAMPLE]
    if sample.isascii() or not _WESTERN.search(sample) or _IDEOGRAPH.search(sample):
        return ""
    for western in ("latin-1", "cp1252"):
        try:
            data = text.encode(western)
        except UnicodeEncodeError:
            continue
        for encoding in ("utf-8", "gb18030"):
            try:
                meant = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _IDEOGRAPH.search(meant) and _common(meant[:_SAMPLE]) > 1 - _CLEARLY:
                return meant
    return ""


def _decoded(blob: Blob, declared: str) -> tuple[str, tuple[str, ...]]:
    """The characters of the bytes, and what had to be read past.

    A byte order mark decides; then valid UTF-8, which no text in another encoding happens to be; then the encoding that
    the file `declared` of itself, if that is one that Chinese can be written in; then UTF-16 without a mark (told by
    where its zero bytes or line ends stand), and GB 18030, which takes in GBK and GB 2312, or Big5, whichever makes it
    Chinese in more common characters.
    """
    data = blob.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _mended(data[len(mark) :], encoding)
    known = _known(declared)
    proven = "utf-8" if not data.isascii() and b"\x00" not in data else ""
    for encoding in (
        proven,
        "" if _SINGLE_BYTES.match(known) else known,
        "utf-8",
        _unmarked_utf16(data),
        *_chinese(data),
        known,
    ):
        if encoding:
            try:
                return data.decode(encoding), ()
            except (UnicodeDecodeError, LookupError):
                # LookupError: a name that Python knows and that is no encoding of text ("uu", "rot13").
                continue
    return min(
        (_mended(data, encoding) for encoding in ("utf-8", "gb18030")), key=lambda read: read[0].count(REPLACEMENT)
    )


def _chinese(data: bytes) -> tuple[str, ...]:
    """GB 18030 and Big5 in the order in which they are likely: bytes of the one often are valid in the other, as
    characters that are hardly ever written."""
    sample = data[:_SAMPLE]
    common = {encoding: _common(sample.decode(encoding, errors="ignore")) for encoding in ("gb18030", "big5")}
    return ("big5", "gb18030") if common["big5"] > common["gb18030"] + _CLEARLY else ("gb18030", "big5")


def _common(text: str) -> float:
    """The share of a text's characters, those of ASCII aside, that are common ones in GB 2312 when simplified."""
    wide = [character for character in simplified(text) if not character.isascii()]
    encoded = (character.encode("gb2312", errors="ignore") for character in wide)
    return sum(b"\xb0" <= pair[:1] <= b"\xd7" or pair[:1] in _SIGNS for pair in encoded) / max(len(wide), 1)


def _mended(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    broken = text.count(REPLACEMENT)
    return text, ((f"{broken} characters are damaged and shown as {REPLACEMENT}",) if broken else ())


def _known(declared: str) -> str:
    """The codec of an encoding's declared name; the Chinese national sets all read as the largest of them."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    return "gb18030" if name in ("gb2312", "gbk", "hz") else name if _text_codec(name) else ""


def _text_codec(name: str) -> bool:
    try:
        return isinstance(b"".decode(name), str)
    except (LookupError, ValueError, TypeError, AssertionError):
        return False


def _unmarked_utf16(data: bytes) -> str:
    """The byte order of UTF-16 (as a codec) where line ends, blanks and digits stand in two bytes,
    else an empty string."""
    if len(data) % 2 or b"\x00" not in data[:_SAMPLE]:
        return ""
    sample = data[:_SAMPLE]
    low, high = sample[0::2], sample[1::2]
    if high.count(0) > 3 * low.count(0) and any(byte in low for byte in b"\n\r 0123456789"):
        return "utf-16-le"
    if low.count(0) > 3 * high.count(0) and any(byte in high for byte in b"\n\r 0123456789"):
        return "utf-16-be"
    return ""
