"""The calls into pdfium that run once a character or once a drawn object, with plain integers for pointers.

pypdfium2's own bindings convert and check every argument; a page has thousands of characters, and calling through
prototypes of our own takes a third of the time. They keep the interpreter's lock: none of them takes as long as letting
go of it. The first use imports pypdfium2.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

_POINTER, _INT, _UNSIGNED, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float

_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "FPDF_GetPageBoundingBox": (_INT, _POINTER, _POINTER),
    "FPDFPage_GetRotation": (_INT, _POINTER),
    "FPDFText_CountChars": (_INT, _POINTER),
    "FPDFText_GetUnicode": (_UNSIGNED, _POINTER, _INT),
    "FPDFText_GetText": (_INT, _POINTER, _INT, _INT, _POINTER),
    "FPDFText_GetLooseCharBox": (_INT, _POINTER, _INT, _POINTER),
    "FPDFText_GetCharAngle": (_FLOAT, _POINTER, _INT),
    "FPDFText_GetTextObject": (_POINTER, _POINTER, _INT),
    "FPDFPage_CountObjects": (_INT, _POINTER),
    "FPDFPage_GetObject": (_POINTER, _POINTER, _INT),
    "FPDFFormObj_CountObjects": (_INT, _POINTER),
    "FPDFFormObj_GetObject": (_POINTER, _POINTER, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_INT, _POINTER),
    "FPDFPageObj_GetMatrix": (_INT, _POINTER, _POINTER),
    "FPDFPageObj_GetBounds": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetFillColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetStrokeColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetStrokeWidth": (_INT, _POINTER, _POINTER),
    "FPDFPageObj_GetClipPath": (_POINTER, _POINTER),
    "FPDFClipPath_CountPaths": (_INT, _POINTER),
    "FPDFClipPath_CountPathSegments": (_INT, _POINTER, _INT),
    "FPDFClipPath_GetPathSegment": (_POINTER, _POINTER, _INT, _INT),
    "FPDFPath_GetDrawMode": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFPath_CountSegments": (_INT, _POINTER),
    "FPDFPath_GetPathSegment": (_POINTER, _POINTER, _INT),
    "FPDFPathSegment_GetPoint": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFPathSegment_GetType": (_INT, _POINTER),
    "FPDFPathSegment_GetClose": (_INT, _POINTER),
}


class Calls:
    """The prototypes by their pdfium names without the prefix up to the underscore's end: `calls.FPDFText_GetUnicode`."""

    __slots__ = tuple(_PROTOTYPES)

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        for name, (result, *arguments) in _PROTOTYPES.items():
            address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
            setattr(self, name, ctypes.PYFUNCTYPE(result, *arguments)(address or 0))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


@cache
def calls() -> Calls:
    """The one table of calls of this process."""
    return Calls()


def address_of(pointer: Any) -> int:
    """The address that a pypdfium2 handle holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
