"""What a figure in running text is about: the words between the last mark of punctuation and the figure, taken apart.

"与2023年度相比，收入支出总计减少56.95万元" leaves the phrase 收入支出总计减少, which is a decrease of 收入支出总计;
"2025年，青禾县档案局收入预算" leaves 收入预算 of the year 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.model.table import StatedKind
from workbench.tables.narrative.subjects import YEAR, item_path, subject_of

_VERB = (
    r"负增长|增加|减少|增长|下降|降低|上升|提高|压减|压缩|削减|调增|调减|增支|减支|增收|减收|节约|节省|缩减|增幅|降幅|同比增|同比减"
    r"|(?<=[年算支收数比费])[增减]|^[增减]"
)
_VERB_OF_BASE = r"净增加?|净减少?|新增|增多|核减|核增|多支出?|少支出?|多|少|上涨|回落|下调|上调|扩大|缩小"
"""Words that tell a change only where what it is measured against stands before them (比上年多支出)."""
_RATE = r"涨幅|升幅|上涨|增比|减比|减幅|增率|回落|(?:增减)?(?:变动|变化|增减)(?:率|幅度|比例|比率|百分比)"
"""Words for the rate of a change that are none for its amount."""
_NEUTRAL = re.compile(r"变动|变化|增减")
_CHANGE = re.compile(
    rf"^(?P<before>.*?)(?P<verb>{_VERB})(?P=verb)?(?:了|的?(?:金额|数额|额度|额|幅度|比例|比率|率|数|支出|收入|预算|经费|资金)|幅)?"
    r"(?:共计|总计|合计)?(?:约|近|为|达到?|是|[:：])*(?P<minus>[-－−–]?)$"
)
_CHANGE_OF_BASE = re.compile(
    rf"^(?P<before>.*?)(?P<verb>{_VERB_OF_BASE})(?:了|额|金额)?(?:约|近|为|达到?|是|[:：])*(?P<minus>)$"
)
_RATE_OF_CHANGE = re.compile(rf"^(?P<before>.*?)(?P<verb>{_RATE})(?:约|近|为|达到?|是|[:：])*(?P<minus>[-－−–]?)$")
_CHANGE_FIRST = re.compile(
    r"(?:^|[，,：:是])(?P<verb>减少|增加|追加|调增|调减|压减|压缩|节约|节省)了(?P<what>[^，。；：:]{2,20}(?:经费|支出|收入|预算|资金|费用?))$"
)
_IN_PASSING = re.compile(r"[（(](?:下同|[^（()）]{0,6}口径|含[^（()）\d，。]{1,20})[)）]")
_UP = frozenset(
    {
        "增加",
        "增长",
        "上升",
        "提高",
        "调增",
        "增支",
        "增收",
        "增幅",
        "追加",
        "同比增",
        "增",
        "净增",
        "净增加",
        "新增",
        "增多",
        "核增",
        "多支出",
        "多",
        "上涨",
        "上调",
        "扩大",
    }
    | {"涨幅", "升幅", "增比", "增率"}
)
_BASE = re.compile(
    r"(?:相比较?于?|相较于?|与|同|比|较|和|对比|(?=(?:上一?年度?|去年)相比))(?P<base>(?:20\d\d(?:年度?|(?=预算|决算))|上一?年度?|去年|年初|前一?年|上期|往年|(?:年初|全年|调整后?|当年)?预算(?:数|额)?(?=$|相比|增|减|下|上|降))(?:同期|同口径|年初|部门|全年)*"
    r"(?:(?:预算|决算|执行|实际|完成)(?:安排|支出|执行|完成)?(?:数字|数值|数|金额|额)?|数(?=相比|比较))?)(?:相比|比较|相较|对比)?"
)
_COMPARED = re.compile(r"^(?:与|同|比|较|和).*(?:相比|比较|同期|比)$")
_SHARE = re.compile(
    r"(?:所?占(?:到|了)?(?P<whole>[^，,]*?)(?:的?(?:比重|比例|比率|百分比|比))?|^(?:所占)?(?:比重|比例|比率|百分比|占比))(?:约|为|达到?|是|[:：])*$"
)
_DONE = re.compile(
    r"(?:(?:完成|执行)(?:了)?|为|是|达到?|相当于)(?P<plan>(?:年初|全年|调整后?|当年|年度|本年|全部)?(?:预算|计划|目标)数?)的?(?:比例|比率|进度|率)?(?:约|为|达到?|是|[:：])*$"
    r"|(?:完成|执行)了?(?P<bare>(?:年初|全年|调整后?|年度|数)?)的?(?:约|为|达到?|是|[:：])*$"
    r"|(?P<rate>(?:预算|支出|资金)?(?:执行率|完成率|执行进度|支出进度)|支出进度)(?:约|为|达到?|是|[:：])*$"
)
_ADJUSTED_PLAN = re.compile(r"(?:年初|调整后?的?|变动后?的?)(?:预算|计划|任务)数?的?$")
"""What no part is a share of, but an amount reaches or passes (占调整预算的105%)."""
_WHOLE_OF_SHARE = re.compile(r"占(?!地|用)[^，,。；;：:\d占]{3,24}")
"""What an amount is told to be a share of, with its own figure (占项目支出总额90万元的20%)."""
_HELD_AGAINST = re.compile(
    r"(?:^|[，,])(?P<plan>(?:完成|执行)(?:了)?(?:年初|全年|年度|当年|本年|调整后?)*(?:预算|计划)(?:安排)?数?"
    r"|(?:为|占|达到?|相当于)(?:年初|全年|年度|当年|本年|调整后?)+(?:预算|计划|任务)(?:安排)?数?)(?:约|为|的)*$"
)
_DIFFERENCE = re.compile(
    r"^(?:差值|差额|差异|差距)(?:数|额)?$|^(?:支出)?(?:决算|预算)数?(?:大于|小于|高于|低于|超过|超出|超)(?:年初|全年|调整)*(?:预算|决算)数?$"
    r"|^(?:年中|年度中|执行中|当年|本年)?(?:追加|调增|调减|核增|核减)(?:预算|指标)?(?:数|额)?$"
)
_FIGURE_OF_BASE = re.compile(r"^的?[\d.,，]+(?:[亿万千]?元)?")
_SAID_BEFORE = re.compile(
    r"^(?:其中[:：，,]?)?(?P<item>.{2,40}?)(?:与|比|较|同|和)(?:上一?年度?|去年|年初|20\d\d年度?)?(?:同期|年初|部门|全年)*"
    r"(?:(?:年初|全年|调整)?(?:预算|决算|执行|实际)(?:安排|支出|执行)?数?)?(?:相比|比较|相较|对比|持平|保持一致|无(?:增减)?变化|没有变化|一致|相同)$"
)
_LAST_YEAR = re.compile(
    r"(?:比|较|与|由|从|同)?(?P<when>上一?年度?|去年|20\d\d年度?|(?<=[比较由从])年初(?=数?[为的]?$))(?P<what>[^增减]*)$"
)
_ASPECT = re.compile(
    r"(?<!总)(?P<aspect>(?:(?<=费)支出)?(?:年初|全年|调整|当年|本年)?预算(?:安排)?数?|(?:(?<=费)支出|本年)?决算数?|执行数|预算金额)$"
)
_KEEPS_ITS_TAIL = re.compile(
    r"^(?:收入|支出|总收入|总支出|收支|财政|一般公共|基金|政府性基金|国有资本经营|政府采购|采购|部门|总|项目)$"
)
_GENERIC = re.compile(
    r"^(?:(?:支出|收入)?(?:年初|全年|调整后?|当年|本年|年度)(?:预算|决算)(?:安排)?数?|(?:支出)?决算(?:安排)?数?|预算(?:安排)?数?|调整后?数|金额|资金|总额|总金额|数额|实际支出|(?:当年|全年|本年)?(?:预算)?执行数|预算金额|支出决算为?"
    r"|涉及(?:预算)?(?:金额|资金)|(?:预算)?资金|经费|支出|支出额|支出数|费用(?:支出)?)$"
)
_OF_FUND = re.compile(r"^(?:一般公共预算)?财政拨款(?:支出)?(?=(?:预算|决算|年初预算|支出决算)数?$)")
_PATH_BEFORE_YEAR = re.compile(r"(?P<path>.+[（(][类款项]级?[)）][”\"]?)20\d\d年")
_NAMED_BEFORE_YEAR = re.compile(r"(?P<name>[^\d]{2,24}(?:费用?|支出|收入|经费|资金|采购))20\d\d年")
_CHANGED_FROM = re.compile(
    r"^(?P<name>[^，。；：]{2,24}?)(?:由|从)(?P<when>上一?年度?|去年|20\d\d年度?)(?:预算|决算|执行)?数?的?$"
)
_CHANGED_TO = re.compile(r"(?:减少|下降|降低|压缩|压减|增加|增长|上升|提高)(?:到|至)")
"""会议费由2030年的5万元减少到4万元: an amount of the year before, and this year's of the same."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words before a figure, taken apart. `subject` is what it is about ("" where the text only points back),
    `aspect` the generic word behind or instead of it (年初预算, 支出决算), `words` both as printed, `whole` what a
    share is a share of, `base` what a change is measured against, `year` the year that is named, `previous` whether it
    is a figure of the year before, quoted for comparison."""

    subject: str
    aspect: str = ""
    words: str = ""
    kind: StatedKind = StatedKind.AMOUNT
    direction: int = 0
    whole: str = ""
    base: str = ""
    verb: str = ""
    year: int | None = None
    previous: bool = False
    held: bool = False
    """Whether it is said about the amount before it and is the subject of nothing: a budget that it is held against
    (完成全年预算84万元的73%), a difference."""


def read_phrase(words: str, unit: str) -> Phrase:
    """The phrase `words` before a figure in `unit` ("万元", "%", …)."""
    words = _IN_PASSING.sub("", words)
    if unit == "%":
        return _read_percentage(words)
    change = _CHANGE.match(words) if words and unit != "平方米" else None
    if change:
        return _change(change, StatedKind.CHANGE)
    of_base = _CHANGE_OF_BASE.match(words) if _BASE.search(words) and unit != "平方米" else None
    if of_base and _BASE.search(of_base["before"]):
        return _change(of_base, StatedKind.CHANGE)
    put_first = _CHANGE_FIRST.search(words) if unit != "平方米" else None
    if put_first:
        direction = 1 if put_first["verb"] in _UP else -1
        subject = subject_of(put_first["what"])[0]
        return Phrase(subject, words=subject, kind=StatedKind.CHANGE, direction=direction, verb=put_first["verb"])
    if "元" in unit and _WHOLE_OF_SHARE.fullmatch(words):
        return Phrase("", words, words, held=True)
    return _read_amount(words)


def read_share_of_plan(plan: str) -> Phrase:
    """The phrase before the percentage of 完成全年预算84万元的73%."""
    return Phrase("", plan, kind=StatedKind.SHARE, whole=re.sub("^(?:完成|执行)了?", "", plan))


def said_before(clause: str) -> str:
    """What a clause without a figure speaks of that the change in the next clause is about:
    收入支出总体与上年相比，增加…; 公务接待费支出比预算无增减变化，比去年增加…. "" where it is no such clause."""
    match = _SAID_BEFORE.match(clause.strip("，,；;。 "))
    if not match:
        return ""
    subject = subject_of(match["item"])[0]
    aspect = _ASPECT.search(subject)
    if aspect and aspect.start() and not _KEEPS_ITS_TAIL.match(subject[: aspect.start()]):
        subject = subject[: aspect.start()]
    return "" if _GENERIC.match(subject) else subject


def _read_percentage(words: str) -> Phrase:
    change = _CHANGE.match(words)
    if change and "占" not in words[change.start("verb") :]:
        return _change(change, StatedKind.GROWTH)
    rate = _RATE_OF_CHANGE.match(words)
    if rate and "占" not in words:
        return _change(rate, StatedKind.GROWTH)
    share = _SHARE.search(words)
    if share and _ADJUSTED_PLAN.match(share["whole"] or ""):
        plan = share["whole"].removesuffix("的")
        return Phrase(subject_of(words[: share.start()])[0], aspect="完成" + plan, kind=StatedKind.SHARE, whole=plan)
    if share:
        return Phrase(
            subject_of(words[: share.start()])[0],
            kind=StatedKind.SHARE,
            whole=subject_of(share["whole"] or "")[0].removesuffix("的") or "合计",
        )
    done = _DONE.search(words)
    if done:
        return Phrase(
            subject_of(words[: done.start()])[0],
            kind=StatedKind.SHARE,
            aspect="完成" + (done["plan"] or "预算") if done["rate"] is None else done["rate"],
            whole=done["plan"] or "预算",
        )
    subject, year = subject_of(words)
    return Phrase(subject, kind=StatedKind.SHARE, year=year)


def _change(match: re.Match[str], kind: StatedKind) -> Phrase:
    before, verb = match["before"], match["verb"]
    base = _BASE.search(before)
    printed = ""
    if base:
        printed = base.group().removesuffix("相比")
        before = before[: base.start()] + _FIGURE_OF_BASE.sub("", before[base.end() :])
    elif _COMPARED.match(before):
        before = ""
    subject = re.sub(
        r"(?:各|均|同比|(?:按)?(?:同|可比)口径(?:计算)?|总体|略有|有所|相应|预计|净|共|同期|分别|也|同步|实际)+$",
        "",
        subject_of(before)[0],
    )
    if subject in {"同比", "相比", "对比", "比", "较", "环比", "年度"} or _GENERIC.match(subject):
        subject = ""
    up = verb in _UP and not match["minus"]
    direction = 0 if _NEUTRAL.search(verb) else 1 if up else -1
    return Phrase(subject, words=subject, kind=kind, direction=direction, base=printed, verb=verb)


def _read_amount(words: str) -> Phrase:
    begun = _CHANGED_FROM.match(words)
    if begun:
        named = YEAR.search(begun["when"])
        subject = subject_of(begun["name"])[0]
        year = int(named[1]) if named else None
        return Phrase(subject, words=begun["when"] + subject, year=year, previous=True)
    if _CHANGED_TO.fullmatch(words):
        return Phrase("")
    against = _HELD_AGAINST.search(words)
    if against:
        plan = re.sub("^(?:为|占|达到?|相当于)", "完成", against["plan"])
        return Phrase("", plan, plan, held=True)
    base = _BASE.search(words)
    last = _LAST_YEAR.match(words)
    if (
        last
        and (words.startswith(("比", "较", "与", "由", "从", "同", "上", "去")))
        and not last["what"].startswith(("结转", "末", "结余"))
    ):
        named = YEAR.search(last["when"])
        return Phrase(
            "", aspect=words.strip("比较与由从同的为是"), year=int(named[1]) if named else None, previous=True
        )
    if base and base.start() == 0 and base.end() == len(words) and "预算" in base["base"] and not YEAR.search(words):
        return Phrase("", base["base"], base["base"], held=True)
    if base and base.start() == 0:
        words = words[base.end() :]
    subject, year = subject_of(words)
    if _DIFFERENCE.match(subject):
        return Phrase("", subject, year=year, held=True)
    if _GENERIC.match(_OF_FUND.sub("", subject)) and (_GENERIC.match(subject) or _NAMED_BEFORE_YEAR.search(words)):
        subject = _OF_FUND.sub("", subject)
        before = _NAMED_BEFORE_YEAR.search(words)
        path = _PATH_BEFORE_YEAR.match(words)
        owner = item_path(path["path"]) if path else subject_of(before["name"])[0] if before else ""
        apart = " " if owner.endswith(subject[:2]) else ""
        return Phrase(owner, subject, f"{owner}{apart}{subject}" if owner else "", year=year)
    aspect = _ASPECT.search(subject)
    if aspect and aspect.start() and not _KEEPS_ITS_TAIL.match(subject[: aspect.start()]):
        return Phrase(subject[: aspect.start()].strip(), aspect["aspect"], subject, year=year)
    return Phrase(subject, words=subject, year=year)
