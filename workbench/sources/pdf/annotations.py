"""What stands on a PDF page in annotations and not in its own content: values of form fields, typed remarks."""

from __future__ import annotations

from typing import Any

_FREE_TEXT, _STAMP, _WIDGET = 3, 13, 20
_MOST_ANNOTATIONS = 20_000


def print_annotations(raw: Any, page: Any) -> bool:
    """Makes the annotations that print text a part of the content of a loaded page; whether there are any.

    The page has to be loaded again after it. Annotations that are hidden stay hidden. `raw` is pypdfium2's module of
    pdfium's functions.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    if not any(_prints_text(raw, page, index) for index in range(min(count, _MOST_ANNOTATIONS))):
        return False
    # drawing the page makes the appearance of fields that the file gives only the value of
    bitmap = raw.FPDFBitmap_Create(1, 1, 0)
    if bitmap:
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, 1, 1, 0, raw.FPDF_ANNOT)
        raw.FPDFBitmap_Destroy(bitmap)
    return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _prints_text(raw: Any, page: Any, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        return raw.FPDFAnnot_GetSubtype(annotation) in (_FREE_TEXT, _STAMP, _WIDGET)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
