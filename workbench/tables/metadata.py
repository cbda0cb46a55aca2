"""Who a document is from, for which year, what kind of report it is and in which unit its money is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from workbench.fiscal.captions import entity_of_line, title_of_line, unit_of_line
from workbench.fiscal.entities import is_entity_name, names_before_report, region_of
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.model.table import ReportKind
from workbench.tables.raw import RawTable

_OPENING_PAGES = 4
_OPENING_CHARACTERS = 4000
_COVER_LINES = 14
_LONGEST_TITLE = 60
_CAPTION = re.compile(r"(?:单位|部门)(?:全称|名称)?(?:[（(][^）)\n]{1,8}[）)])?(?:名称)?\s*[:：]")
_YEAR_OF_REPORT = re.compile(
    r"(?<![比较与同和\d])(?<![比较与同和][ \u3000])(20\d\d)\s*年?度?[^\d\n。，；]{0,24}?(?:预算|决算|绩效|收支)"
)
_ANNOUNCED = re.compile(
    r"(?<![比较与同和])20\d\d年度?[^。\n]{0,60}?(?P<kind>预算|决算)(?:总额|情况|公开|说明|汇总|统计)"
)
"""What a text without a title says it gives: 现将2031年度“三公”经费决算情况公布如下."""
_PUBLISHED_BY = re.compile(r"(?:来源|发文机关|发布机构|发布单位|公开单位)\s*[:：]\s*(\S+)")
_FORM_LABEL = re.compile(
    r"(?:项目)?(?:主管|执行|实施|填报|申报|预算|使用)(?:部门|单位)(?:名称)?(?:及代码)?\s*[:：]?\s*(?:[\[［【(（]?\d{3,12}[\]］】)）]?\s*[-－—]?\s*)?"
)
"""What stands before the name of a body in a form, with the body's code."""
_YEAR = re.compile(r"(20\d\d)\s*年")
_YEAR_CAPTION = re.compile(r"(?:预算|决算|会计|公开|填报)年度\s*[:：]\s*(20\d\d)")
_HAN_YEAR = re.compile(r"[二贰]\s*[〇○零O0Ｏ]\s*([〇○零一二三四五六七八九十]{1,2})\s*([〇○零一二三四五六七八九])?\s*年")
_HAN_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PATH = re.compile(r">|》.*》.*》|^[(（][^()（）]*[)）]$")
"""The path of a web page (首页 > 政务公开 > …), and a remark in brackets alone on its line."""
_REPORT_TITLE = re.compile(r"预\s*算|决\s*算|绩\s*效")
_CONTENTS = re.compile(r"^目\s*[录次]")
_MONEY_IN_TEXT = re.compile(r"\d\s*(亿元|万元|元)")
_SENTENCE = re.compile(r"[。；，]")
_WEIGHT = {"caption": 2, "report": 2, "cover": 3}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document tells about itself; "" or None for what it does not tell."""

    title: str = ""
    entity: str = ""
    fiscal_year: int | None = None
    report: ReportKind = ReportKind.UNKNOWN
    unit: str = ""
    region: str = ""


def read_metadata(pages: Sequence[Page], tables: Sequence[RawTable] = ()) -> Metadata:
    """What `pages` tell about their document; `tables` vote on its unit, and on the kind of report where its title
    tells none."""
    opening = _plain_digits("\n".join(page.text[:_OPENING_CHARACTERS] for page in islice(pages, _OPENING_PAGES)))
    cover = _cover(opening)
    title = _title(cover)
    entity = _entity(cover, opening, pages)
    titles = [table.title for table in tables if table.title]
    return Metadata(
        title,
        entity,
        _year(title, opening, titles, pages),
        _report_kind(title, opening, titles),
        _unit(pages, tables),
        region_of(entity),
    )


def _plain_digits(text: str) -> str:
    """`text` with full-width digits as plain ones, all else as it is printed."""
    return re.sub(r"[０-９]", lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _cover(opening: str) -> list[str]:
    """The first lines of a document, up to its contents, without layout spaces."""
    lines: list[str] = []
    for line in opening.split("\n"):
        text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", line.strip())
        if _CONTENTS.match(text) or len(lines) == _COVER_LINES:
            break
        if text and not _PATH.search(text):
            lines.append(text)
    return lines


def _title(cover: Sequence[str]) -> str:
    """The title of the report: the first lines up to the one that names it."""
    parts: list[str] = []
    for line in cover:
        if len(line) > _LONGEST_TITLE or _SENTENCE.search(line):
            break
        if title_of_line(line).endswith(("表", "）")) and form_of_title(line) is not None:
            break
        if _REPORT_TITLE.search(line):
            return "".join([*parts, line])[-2 * _LONGEST_TITLE :]
        if is_entity_name(line) or _YEAR.search(line) or _is_begun(line):
            parts.append(line)
        elif parts and len(parts[-1]) + len(line) > 12:
            parts.clear()
    return ""


def _is_begun(line: str) -> bool:
    """Whether a line of the cover is the first piece of a title: a region alone,
    a body with the figures of the year."""
    body = re.sub(r"20\d\d$", "", line)
    return (body != line and is_entity_name(body)) or (len(line) > 2 and region_of(line) == line)


def _entity(cover: Sequence[str], opening: str, pages: Sequence[Page]) -> str:
    """The body whose report it is: the name that captions, cover and headings give most, in its fullest form."""
    votes: Counter[str] = Counter()
    for line in cover[:6]:
        if is_entity_name(line):
            votes[line] += _WEIGHT["cover"]
    joined = "".join(line for line in cover[:4] if not title_of_line(line).endswith("表") and not unit_of_line(line))
    for name in (*names_before_report(_without_spaces(opening)), *names_before_report(joined)):
        votes[name] += _WEIGHT["report"]
    for name in _caption_entities(pages):
        votes[name] += _WEIGHT["caption"]
    if not votes:
        votes.update(_names_alone(pages))
    if not votes:
        return ""
    full = {
        name: count + sum(votes[other] for other in votes if _is_fuller(name, other)) for name, count in votes.items()
    }
    most = max(full.values())
    return next(name for name, count in full.items() if count == most)


def _is_fuller(name: str, other: str) -> bool:
    """Whether `name` is `other` with its region before it."""
    return name != other and name.endswith(other) and len(region_of(name)) >= len(name) - len(other)


def _without_spaces(text: str) -> str:
    return re.sub(r"[ \t\u3000\xa0]+", "", text)


def _caption_entities(pages: Iterable[Page]) -> list[str]:
    """The names behind 编制单位：, 部门名称： and the like, on all pages."""
    names: list[str] = []
    for page in pages:
        if ":" not in page.text and "：" not in page.text:
            continue
        for start in {page.text.rfind("\n", 0, match.start()) + 1 for match in _CAPTION.finditer(page.text)}:
            end = page.text.find("\n", start)
            name = match_key(entity_of_line(page.text[start : end if end >= 0 else None].replace("\t", " ")))
            if is_entity_name(name):
                names.append(name)
    return names


def _names_alone(pages: Sequence[Page]) -> list[str]:
    """The names, with their region, that fill a line or a cell."""
    texts = (text for page in pages for text in re.split(r"[\n\t]|\s{3,}", page.text))
    published = [name for page in islice(pages, 1) for name in _PUBLISHED_BY.findall(page.text)]
    names = (match_key(name) for text in (*texts, *published) for name in _FORM_LABEL.split(text))
    return [name for name in names if is_entity_name(name) and region_of(name)]


def _year(title: str, opening: str, titles: Sequence[str], pages: Sequence[Page]) -> int | None:
    """The year the report is for: of its title, of the captions, of the titles of its tables, of its first pages."""
    for text in (title, opening):
        captions = _YEAR_CAPTION.findall(text)
        if captions:
            return int(Counter(captions).most_common(1)[0][0])
    for text in (title, "\n".join(titles), opening, *(page.text for page in islice(pages, _OPENING_PAGES))):
        years = Counter(_YEAR_OF_REPORT.findall(text))
        if years:
            # A report that names two years as often compares its own with the year before.
            return int(max(years, key=lambda year: (years[year], year)))
        years = Counter(_YEAR.findall(text))
        if years:
            return int(years.most_common(1)[0][0])
        match = _HAN_YEAR.search(text)
        if match:
            return _han_year(match)
    return None


def _han_year(match: re.Match[str]) -> int:
    """二〇二四年, 二〇二〇年, 二〇一九年 as a number."""
    digits = [_HAN_DIGITS.get(character, 0) for character in match[1] + (match[2] or "")]
    return 2000 + int("".join(map(str, digits[:2])))


def _report_kind(title: str, opening: str, titles: Sequence[str]) -> ReportKind:
    """Budget, final account or performance report, by the title, else by the titles of the tables, else by the text."""
    for text in (title, "".join(titles), opening):
        key = match_key(text).replace("预决算", "")
        final, budget = key.count("决算"), key.count("预算")
        announced = _ANNOUNCED.search(key) if text is opening else None
        if announced:
            return ReportKind.FINAL_ACCOUNT if announced["kind"] == "决算" else ReportKind.BUDGET
        if "绩效" in key and (text is title or not (final or budget)):
            plain = re.sub(r"(?:部门|单位)?(?:预算|决算)(?:项目)?绩效", "", key)
            if not re.search(r"预算|决算", plain):
                return ReportKind.PERFORMANCE
        if final or budget:
            if text is title or text is not opening:
                return ReportKind.FINAL_ACCOUNT if final >= budget else ReportKind.BUDGET
            return ReportKind.FINAL_ACCOUNT if final > budget else ReportKind.BUDGET
    return ReportKind.UNKNOWN


def _unit(pages: Sequence[Page], tables: Sequence[RawTable]) -> str:
    """The unit that most tables print, else the one that the text speaks in."""
    units = Counter(unit for table in tables if (unit := unit_of_line(table.unit_text)))
    if units:
        return units.most_common(1)[0][0]
    words = Counter(unit for page in pages for unit in _MONEY_IN_TEXT.findall(page.text))
    return words.most_common(1)[0][0] if words else ""
