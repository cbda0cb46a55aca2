"""What stands above a header in running text: the lines that say unit and entity, the title of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.fiscal.captions import title_of_line, unit_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.table import Form
from workbench.tables.text.captions import Captions, is_caption
from workbench.tables.text.form_words import is_first_indicator, is_form_label
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.lines import text_of

_FORM_LINES = 80
"""How many lines above its indicator grid the title of a form is looked for."""
TABLE_TITLE = re.compile(r"表(?:[（(][^（）()]{1,12}[）)])?$")
"""How the title of a table ends."""
_SENTENCE = re.compile(r"[。；！？]|，.*，")


def captions_above(lines: Sequence[TextLine], position: int, floor: int) -> tuple[Captions, int]:
    """What the caption lines right above a header tell, and the number of the first of them. A caption may be wrapped:
    lines between a caption and the title belong to it."""
    start = position
    text = ""
    for back in range(position - 1, max(floor, position - 8) - 1, -1):
        printed = lines[back].line.text.strip()
        if _SENTENCE.search(printed):
            break
        title = title_of_line(printed)
        if title and not is_caption(printed):
            break
        joined = lines[back].key + text
        if not (is_caption(printed) or unit_of_line(joined) or _has_caption(printed)):
            if back < position - 5 or not unit_of_line(text):
                break
            text = joined
            continue
        text, start = joined, back
    return Captions(unit=unit_of_line(text) or ""), start


def _has_caption(printed: str) -> bool:
    return any(is_caption(word) for word in printed.split())


def title_above(lines: Sequence[TextLine], position: int, floor: int) -> tuple[Captions, int] | None:
    """The title in the few lines above a line, and its line number."""
    for back in range(position - 1, max(floor, position - 4) - 1, -1):
        line = lines[back]
        title = title_of_line(line.line.text)
        if title:
            pieces = line.line.pieces()
            return Captions(title, pieces), back
        if _SENTENCE.search(line.line.text) or len(line.key) > 40:
            break
    return None


def is_below_captions(lines: Sequence[TextLine], position: int, floor: int) -> bool:
    """Whether the title of a table and right below it the line that says its unit stand above a line: whatever it
    prints, a header begins there."""
    above = lines[position - 1].line.text.strip() if position > floor else ""
    return (is_caption(above) or _names_unit(above)) and is_titled(lines, position, floor)


def is_titled(lines: Sequence[TextLine], position: int, floor: int) -> bool:
    """Whether a line that says the unit of a table stands above a line, and the title of the table above that."""
    captions, start = captions_above(lines, position, floor)
    title = title_above(lines, start, floor)
    if title is None or not (captions.unit or _names_unit(lines[title[1]].line.text.strip())):
        return False
    return bool(TABLE_TITLE.search(match_key(title[0].title)))


def _names_unit(text: str) -> bool:
    """Whether the title of a table names its unit as well: 收入总表（单位：元）."""
    return bool(title_of_line(text) and unit_of_line(text))


def form_title(lines: Sequence[TextLine], position: int, floor: int) -> tuple[Captions, int] | None:
    """The title of a performance form above a line, and its line number; a title may be wrapped once. A lone 绩效指标
    that heads the indicators is the title where there is no other above the labels of the form."""
    section: tuple[Captions, int] | None = None
    labels = False
    for back in range(position - 1, max(floor, position - _FORM_LINES) - 1, -1):
        line = lines[back]
        labels = labels or is_form_label(line.words[0].text)
        title = title_of_line(line.line.text) or ("" if len(line.key) > 90 else title_of_line(line.key))
        if not title or form_of_title(title) not in (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE):
            continue
        if is_form_label(title) or not re.search(r"表(?:[（(].*[）)])?$|绩效指标$", match_key(title)):
            continue
        pieces = line.line.pieces()
        if section is None and is_first_indicator(match_key(title)):
            section = Captions(title, pieces), back
            continue
        if section is not None and not labels:
            return section
        above = lines[back - 1] if back - 1 >= floor else None
        numbered = r"^\d{1,2}[.、．]|^[（(]?[一二三四五六七八九十]+[)）、]"
        wrapped = above is not None and len(above.key) >= 30 and re.match(numbered, above.key)
        if above is not None and wrapped and not re.match(numbered, line.key):
            pieces = above.line.pieces() + pieces
            return Captions(text_of(pieces), pieces), back - 1
        return Captions(title, pieces), back
    return section
