"""Scanned pages and images: words by OCR, ruled lines from the image itself.

The engine's models lie in its wheel, nothing is fetched. Its angle classifier stays off: it turns 99 into 66.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import cell_count, clean_line
from workbench.sources.foreign import foreign_parser
from workbench.sources.limits import ReadLimits
from workbench.sources.page_layout import lay_out
from workbench.sources.print_runs import find_runs
from workbench.sources.scan.dashes import (
    DASH,
    Rectangle,
    height_of_print,
    ink_box,
    is_dash,
    is_stroke,
    is_within,
    lone_dashes,
    lone_figures,
)
from workbench.sources.scan.glyphs import is_miscounted, with_mark
from workbench.sources.scan.misreadings import mend, mend_start
from workbench.sources.scan.overlaps import cut_apart
from workbench.sources.scan.rules import Quad, Rule, as_line, cut_at_rules, find_rules, without_rules
from workbench.sources.scan.stamps import without_stamps
from workbench.sources.scan.upright import turned_upright, without_skew

READER = "scan/1"
INSTALL = "pip install 'budget-workbench[ocr]'"

DOTS_PER_INCH = 220.0
_LONGEST_SIDE = 4200
_DETECTION_SIDE = 1900
_INK = 45
_INK_MARGIN = 0.12
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: "."}
_LEAST_CONFIDENCE = 0.3
_DASH_CONFIDENCE = 0.9
_DOUBT = 0.8
"""What the confidence of a mark is multiplied by that the engine did not take for print."""
_PAPER = 0.3
"""In heights of a piece: the paper left around it where it is read once more."""
_TWO_STARS = 0.85
_TOUCHING = 0.4


_Piece = tuple[str, float, Rectangle]
"""Text, confidence and rectangle in pixels."""


@cache
def ocr_is_installed() -> bool:
    """Whether scanned pages can be read."""
    return find_spec("rapidocr_onnxruntime") is not None and find_spec("cv2") is not None


def read_image(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """An image file, one page a frame. Raises MissingExtraError without the OCR engine."""
    if not ocr_is_installed():
        raise MissingExtraError(blob.name, "the reader of scanned pages", INSTALL)
    import cv2
    import numpy

    with foreign_parser(blob.name, "image"):
        done, frames = cv2.imdecodemulti(numpy.frombuffer(blob.data, dtype=numpy.uint8), cv2.IMREAD_COLOR)
    if not done or not frames:
        raise UnreadableSourceError(blob.name, "is a damaged image", "save it again from an image program")
    if len(frames) > limits.pages:
        raise UnreadableSourceError(blob.name, f"has {len(frames)} pages, more than {limits.pages}", "split it")
    pages = []
    for number, frame in enumerate(frames, start=1):
        points = 72 / DOTS_PER_INCH
        pages.append(read_picture(number, frame, frame.shape[1] * points, frame.shape[0] * points, blob.name))
    return SourceDocument(blob.name, blob.sha256, "image/" + (blob.suffix.lstrip(".") or "png"), READER, tuple(pages))


def render_scale(width: float, height: float) -> float:
    """Pixels a point at which a page is drawn for reading."""
    return min(DOTS_PER_INCH / 72, _LONGEST_SIDE / max(width, height, 1.0))


def read_picture(number: int, picture: Any, width: float, height: float, name: str) -> Page:
    """The page that an image (rows, columns, BGR) shows; `width` and `height` are its size in points.

    A page that lies on its side or on its head comes as it reads upright, without the red seals over its print.
    Each character has the confidence of its piece of print. Raises UnreadableSourceError where the engine fails.
    """
    with foreign_parser(name, "image"):
        upright = without_skew(turned_upright(without_stamps(picture), _engine()))
        rules = find_rules(upright)
        pieces = _recognise(upright, rules)
    if (upright.shape[1] > upright.shape[0]) != (picture.shape[1] > picture.shape[0]):
        width, height = height, width
    scale_x, scale_y = width / upright.shape[1], height / upright.shape[0]
    characters: list[str] = []
    boxes, confidences = array("f"), array("f")
    for text, score, (x0, top, x1, bottom) in pieces:
        unit = (x1 - x0) * scale_x / max(cell_count(text), 1)
        x = x0 * scale_x
        for character in text:
            step = unit * cell_count(character)
            characters.append(character)
            boxes.extend((x, top * scale_y, x + step, bottom * scale_y))
            confidences.append(score)
            x += step
        characters.append(" ")
        boxes.extend((0.0, 0.0, 0.0, 0.0))
        confidences.append(1.0)
    laid_out = lay_out(find_runs("".join(characters), boxes), boxes, confidences)
    lines = tuple(as_line(rule, scale_x, scale_y) for rule in rules)
    return Page(
        number,
        laid_out.text,
        width,
        height,
        boxes=laid_out.boxes,
        lines=lines,
        confidences=laid_out.confidences,
        scanned=True,
    )


@cache
def _engine() -> Any:
    import logging

    from rapidocr_onnxruntime import RapidOCR

    logging.getLogger("rapidocr_onnxruntime").setLevel(logging.ERROR)
    return RapidOCR(use_cls=False, print_verbose=False)


def _recognise(picture: Any, rules: list[Rule]) -> list[_Piece]:
    """Text, confidence and rectangle in pixels of every piece of print; a piece across a rule is read in parts.

    Print is looked for with the rules in place, for they part it, and read without them.
    """
    import cv2
    import numpy

    engine = _engine()
    ratio = min(_DETECTION_SIDE / max(picture.shape[:2]), 1.0)
    small = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA) if ratio < 1 else picture
    found, _ = engine.auto_text_det(small)
    if found is None or not len(found):
        return []
    cleared = without_rules(picture, rules)
    grey = cv2.cvtColor(cleared, cv2.COLOR_BGR2GRAY)
    # thin level strokes (一) are hardly darker than the paper
    ink = grey < float(numpy.median(grey)) - _INK
    uprights = [rule for rule in rules if rule.bottom - rule.top > rule.x1 - rule.x0]
    parts = [part for quad in found for part in cut_at_rules(numpy.asarray(quad, dtype=float) / ratio, uprights)]
    for index, (x0, x1) in cut_apart([_box(part) for part in parts], ink).items():
        _, top, _, bottom = _box(parts[index])
        parts[index] = [(x0, top), (x1, top), (x1, bottom), (x0, bottom)]
    quads = [tight for part in parts if (tight := _around_ink(part, ink)) is not None]
    boxes = [_box(quad) for quad in quads]
    height = height_of_print(ink, boxes)
    inked = [ink_box(ink, box) for box in boxes]
    print_beside = [box for box, found in zip(boxes, inked, strict=True) if found and not is_stroke(found, height)]
    dashes = [dash for dash in lone_dashes(ink, height) if not is_within(dash, print_beside)]
    dashes += [box for box in inked if box and is_dash(box, height) and not is_within(box, dashes)]
    lines = [quad for quad, box in zip(quads, inked, strict=True) if box is None or not is_within(box, dashes)]
    pieces: list[_Piece] = [(DASH, _DASH_CONFIDENCE, _of_height(box, height)) for box in dashes]
    pieces += [
        (with_mark(text, _box(quad), height, ink), score, _box(quad))
        for quad, text, score in _read_figures_again(engine, cleared, ink, _read_print(engine, cleared, lines))
    ]
    passed_over = [_quad(box, 0.25 * height) for box in lone_figures(ink, height, boxes)]
    for quad, text, score in _read_print(engine, cleared, passed_over):
        pieces.append((text, score * _DOUBT, _of_height(_box(quad), height)))
    return [_with_start(_with_stars(piece, height), pieces, height) for piece in pieces]


def _read_print(engine: Any, picture: Any, quads: list[Quad]) -> Iterator[tuple[Quad, str, float]]:
    """The pieces of print that the engine makes something of: place, text, confidence."""
    import numpy

    if not quads:
        return
    crops = engine.get_crop_img_list(picture, [numpy.asarray(quad, dtype=numpy.float32) for quad in quads])
    results, _ = engine.text_rec(crops, False)
    for quad, result in zip(quads, results, strict=True):
        text, score = mend(clean_line(str(result[0])).translate(_FULL_WIDTH)), float(result[1])
        if text and score >= _LEAST_CONFIDENCE:
            yield quad, text, min(score, 1.0)


def _read_figures_again(
    engine: Any, picture: Any, ink: Any, found: Iterable[tuple[Quad, str, float]]
) -> Iterator[tuple[Quad, str, float]]:
    """What was read, figures with fewer characters than pieces of ink read once more with more paper around them."""
    read = list(found)
    doubted = {index for index, (quad, text, _) in enumerate(read) if is_miscounted(text, _box(quad), ink)}
    wider = {
        index: _quad(_box(read[index][0]), _PAPER * (_box(read[index][0])[3] - _box(read[index][0])[1]))
        for index in doubted
    }
    again = {tuple(quad): text for quad, text, _ in _read_print(engine, picture, list(wider.values()))}
    for index, (quad, text, score) in enumerate(read):
        other = again.get(tuple(wider[index]), "") if index in doubted else ""
        if other and not is_miscounted(other, _box(quad), ink) and other.isascii():
            yield quad, other, score * _DOUBT
        else:
            yield quad, text, score


def _with_stars(piece: _Piece, height: float) -> _Piece:
    """The engine reads ** above a column as one star; it is as wide as two."""
    text, score, box = piece
    return ("**", score, box) if text == "*" and box[2] - box[0] > _TWO_STARS * height else piece


def _with_start(piece: _Piece, pieces: list[_Piece], height: float) -> _Piece:
    """A piece with its first character as the print to its left lets it be."""
    text, score, (x0, top, x1, bottom) = piece
    middle = (top + bottom) / 2
    before = next(
        (
            other
            for other, _, box in pieces
            if box[0] < x0
            and box[1] < middle < box[3]
            # a mark that was read with both pieces has a blank half after it
            and abs(box[2] - x0) < height * (1.0 if other[-1] == text[0] else _TOUCHING)
        ),
        "",
    )
    return mend_start(text, before), score, (x0, top, x1, bottom)


def _quad(box: Rectangle, margin: float) -> Quad:
    x0, top, x1, bottom = box
    x0, top, x1, bottom = max(x0 - margin, 0.0), max(top - margin, 0.0), x1 + margin, bottom + margin
    return [(x0, top), (x1, top), (x1, bottom), (x0, bottom)]


def _box(quad: Quad) -> Rectangle:
    xs, ys = [point[0] for point in quad], [point[1] for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _of_height(box: Rectangle, height: float) -> Rectangle:
    """A flat box made as tall as print, so that it lines up with the print beside it."""
    middle = (box[1] + box[3]) / 2
    return box[0], middle - height / 2, box[2], middle + height / 2


def _around_ink(quad: Quad, ink: Any) -> Quad | None:
    """A piece of print without the paper to its left and right, which reads as a last figure said twice.

    None where there is hardly any ink. Slanted pieces stay as they are.
    """
    (x0, top), (x1, right_top), (_, bottom), _ = quad
    if abs(top - right_top) > 2:
        return quad
    area = ink[max(int(top), 0) : int(bottom) + 1, max(int(x0), 0) : int(x1) + 1]
    columns = area.any(axis=0).nonzero()[0]
    if not len(columns):
        return None
    margin = max(_INK_MARGIN * (bottom - top), 2.0)
    left, right = max(int(x0), 0) + float(columns[0]) - margin, max(int(x0), 0) + float(columns[-1]) + 1 + margin
    left, right = max(left, x0 - margin, 0.0), min(right, x1 + margin, float(ink.shape[1] - 1))
    return [(left, top), (right, top), (right, bottom), (left, bottom)] if right - left > 2 else None
