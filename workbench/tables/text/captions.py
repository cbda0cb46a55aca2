"""What stands around a table in text: its title, its unit, the lines that say whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.fiscal.captions import entity_of_line, is_note, is_table_number, title_of_line, unit_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.table import Form
from workbench.tables.text.lines import Line, Piece, text_of

_UNIT_CELL = re.compile(r"^[（(]?(?:金额|货币|计量|数据)?单位[:：为]|^(?:[（(](?:万元|元)[)）]|万元|元)$")
_DATE_CELL = re.compile(
    r"^(?:截止|截至)?(?:时间|日期)[:：]|^(?:预算|决算|填报|会计)?(?:年度|日期)[:：]|^[（(]?20\d\d年度?[)）]?$"
)
_ENTITY_CELL = re.compile(r"^(?:(?:编制|填报|预算|申报|公开)?(?:单位|部门)|部门[（(]单位[）)])(?:名称)?[:：]")
_HEADING = re.compile(
    r"^第[一二三四五六七八九十]+(?:部分|章)|^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]).*(?:情况|说明|安排|解释|事项|目标|概况|职责|措施)[:：]?$|^[^（(\d\s]{2,16}(?:情况|事项)(?:的)?说明$"
)
_DOCUMENT_TITLE = re.compile(r"(?:20\d\d年|年度).*(?:预算|决算).*(?:公开|说明|文本|报告)$")
_FARTHEST = 6
"""How many lines above a table its title may stand."""


@dataclass(frozen=True, slots=True)
class Captions:
    """The title of a table and the pieces that print it, and the text that prints its unit. `section` says that the
    title is a lone line that need not be one: in a form it names a part of the form."""

    title: str = ""
    pieces: tuple[Piece, ...] = ()
    unit: str = ""
    section: bool = False

    def merged(self, other: Captions) -> Captions:
        """These captions, overlaid by what `other` (nearer to the table) tells."""
        titled = replace(self, title=other.title, pieces=other.pieces, section=other.section) if other.title else self
        return replace(titled, unit=other.unit) if other.unit else titled


def is_caption(text: str) -> bool:
    """Whether a text only says what is around the table: its unit, whose it is, as of when, its number."""
    key = match_key(text)
    if _UNIT_CELL.match(key) or _DATE_CELL.match(key) or is_table_number(text):
        return True
    return bool(_ENTITY_CELL.match(key))


def is_heading(text: str) -> bool:
    """Whether a line heads a part of the document, or the document itself."""
    return bool(_HEADING.match(text) or _DOCUMENT_TITLE.search(text))


def caption_row(cells: Sequence[tuple[Piece, ...]]) -> Captions | None:
    """What a row of a grid tells when it holds nothing but captions or nothing at all, None where it is a real row."""
    printed = [cell for cell in cells if cell]
    texts = [text_of(cell) for cell in printed]
    found = Captions()
    if not texts:
        return found
    if len(printed) == 1 and title_of_line(texts[0]) and not is_caption(texts[0]):
        return Captions(title_of_line(texts[0]), printed[0])
    captions = [is_caption(text) for text in texts]
    if not captions[0] and not (len(texts) > 1 and captions[1] and all(captions[1:])):
        return None
    if (
        sum(captions) * 2 < len(texts)
        or len(texts) > 6
        or (len(texts) == 2 and captions == [True, False] and not _ends_open(texts[0]))
    ):
        return None
    unit = next((text for text in texts if unit_of_line(text) and is_caption(text)), "")
    return replace(found, unit=unit)


def _ends_open(text: str) -> bool:
    return match_key(text).endswith(":")


def _names_a_part(title: str) -> bool:
    """Whether a title may as well name a part of a performance form: 年度绩效目标."""
    return not title.endswith(("表", "）", ")")) and form_of_title(title) is Form.PERFORMANCE_TARGET


def captions_before(lines: Sequence[Line]) -> Captions:
    """The title and the unit that the lines above a table print; the nearest count."""
    unit = ""
    fallback = Captions()
    seen = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        pieces = line.pieces()
        if not pieces:
            continue
        seen += 1
        text = text_of(pieces)
        if seen > _FARTHEST:
            break
        if is_note(text):
            continue
        if not unit and unit_of_line(text) and not title_of_line(text):
            unit = unit_of_line(text)
            continue
        if is_caption(text) or entity_of_line(text):
            continue
        title = title_of_line(text)
        if title:
            broken = lines[index - 1].pieces() if index and lines[index - 1].broken else ()
            whole = text_of(broken) + title if broken else title
            return Captions(whole, broken + pieces, unit or unit_of_line(text), section=_names_a_part(title))
        if seen == 1 and len(text) <= 40 and not re.search(r"[。；，：:]$|^\d+$", text):
            fallback = Captions(text, pieces, section=True)
    return replace(fallback, unit=unit)
