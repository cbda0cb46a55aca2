"""The calls into pdfium that run once a character or once a drawn object, with plain integers for pointers.

pypdfium2's own bindings convert and check every argument; a page has thousands of characters, and calling through
prototypes of our own takes a third of the time. They keep the interpreter's lock: none of them takes as long as letting
go of it. The first use imports pypdfium2.

To check and convert an argument takes as long as a call. So only the pointers that pdfium gives are declared, which
come first and are plain integers. What follows them has no type: whole numbers that fit a C int, and references to
where pdfium puts its answers (`ctypes.byref`), nothing else. Where nothing at all is declared,
pointers are as `reference_to` makes them.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from functools import cache
from itertools import repeat
from threading import RLock
from typing import Any

PDFIUM_TURN = RLock()
"""Held while a document is open: pdfium keeps state outside documents, and two threads in it end the program."""

_POINTER, _INT, _UNSIGNED, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float

_ROOM = 1024

_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "FPDF_GetPageBoundingBox": (_INT, _POINTER),
    "FPDFPage_GetRotation": (_INT, _POINTER),
    "FPDFText_CountChars": (_INT, _POINTER),
    "FPDFText_GetUnicode": (_UNSIGNED, _POINTER),
    "FPDFText_GetText": (_INT, _POINTER),
    "FPDFText_HasUnicodeMapError": (_INT, _POINTER),
    "FPDFText_GetLooseCharBox": (None,),
    "FPDFText_GetCharAngle": (_FLOAT, _POINTER),
    "FPDFText_GetTextObject": (_POINTER,),
    "FPDFTextObj_GetTextRenderMode": (_INT, _POINTER),
    "FPDFPage_CountObjects": (_INT, _POINTER),
    "FPDFPage_GetObject": (_POINTER,),
    "FPDFFormObj_CountObjects": (_INT, _POINTER),
    "FPDFFormObj_GetObject": (_POINTER, _POINTER, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_INT, _POINTER),
    "FPDFPageObj_GetMatrix": (_INT, _POINTER),
    "FPDFPageObj_GetBounds": (_INT, _POINTER),
    "FPDFPageObj_GetFillColor": (_INT, _POINTER),
    "FPDFPageObj_GetStrokeColor": (_INT, _POINTER),
    "FPDFPageObj_GetClipPath": (_POINTER, _POINTER),
    "FPDFClipPath_CountPaths": (_INT, _POINTER),
    "FPDFClipPath_CountPathSegments": (_INT, _POINTER),
    "FPDFClipPath_GetPathSegment": (_POINTER, _POINTER),
    "FPDFPath_GetDrawMode": (_INT, _POINTER),
    "FPDFPath_CountSegments": (_INT, _POINTER),
    "FPDFPath_GetPathSegment": (_POINTER, _POINTER),
    "FPDFPathSegment_GetPoint": (_INT, _POINTER),
    "FPDFPathSegment_GetType": (_INT, _POINTER),
    "FPDFPathSegment_GetClose": (_INT, _POINTER),
}
"""For each call what it gives and the pointers that it takes first."""


class Calls:
    """The prototypes by their pdfium names without the prefix up to the
    underscore's end: `calls.FPDFText_GetUnicode`."""

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


def reference_to(address: int) -> Any:
    """The pointer to this address for a call whose arguments have no types."""
    return ctypes.byref(ctypes.c_char.from_address(address))


class CharacterBoxes:
    """Reads the boxes of the characters of text pages; the room for pdfium's answers is made once."""

    def __init__(self) -> None:
        self._room = (ctypes.c_float * (4 * _ROOM))()
        self._places = [ctypes.byref(self._room, place) for place in range(0, 16 * _ROOM, 16)]
        self._bytes = memoryview(self._room).cast("B")

    def read(self, text_page: int, count: int) -> array[float]:
        """Left, top, right and bottom in user space of each of `count` characters; a character without a box has the
        box (0, 0, 0, 0)."""
        box_of, reference = calls().FPDFText_GetLooseCharBox, reference_to(text_page)
        boxes = array("f")
        for first in range(0, count, _ROOM):
            last = min(first + _ROOM, count)
            size = 16 * (last - first)
            ctypes.memset(self._room, 0, size)
            deque(map(box_of, repeat(reference), range(first, last), self._places), maxlen=0)
            boxes.frombytes(self._bytes[:size])
        return boxes


def address_of(pointer: Any) -> int:
    """The address that a pypdfium2 handle holds."""
    return ctypes.addressof(pointer.contents)
