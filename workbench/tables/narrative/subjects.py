"""What words of running text name: the noun phrase without what leads to it and follows it, the year, the path of a
functional class."""

from __future__ import annotations

import re

from workbench.fiscal.codes import is_account_name

YEAR = re.compile(r"(20\d\d)(?:年(?:度|初|末|底)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?)?|(?=预算|决算))")
_LEADING = re.compile(
    r"^(?:其中|的|(?:按)?(?:同|可比)口径(?:计算)?|主要(?:是|为|有)?(?=用于|包括|安排|支付)|主要(?:是|为)|包括|包含|含|即|加(?=上级|上年|上解|上划)|加上|以及|及其|及|和|与|并且|并|且|另外|另有|另|还有|共有|共计|共|现有|拟|计划|预计|确保|安排|申请|收到|用于|全年(?!预)|当年(?!预|拨款|财政拨款)|本年度(?!收|支)|年度|需要?|支付"
    r"|涉及(?=资金|金额)|我(?:部门|单位|局|委|办|中心|院|校|厅|会|馆|所|站|街道|镇|乡)|本(?:部门|单位|局|委|办|中心|院|校|厅|会|馆|所|站|街道|镇|乡)|机关及所属事业单位"
    r"|[、，,：:；;＋+“”\"'‘’](?!三公|[^“”]{1,8}”[“、和])|[”\"’]|\d{1,2}(?:[.．]\d{1,2}){1,2}(?:\s+|(?=[一-龥]))|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])+"
)
_TRAILING = re.compile(
    r"(?:约为|大约|约|左右|为|是|达到了?|达|共计|计为|预算安排|安排了?|各|均|分别|仅|只|近|超过|不超过|不低于|不少于|不高于"
    r"|控制在|稳定在|保持在|维持在|要达到|力争|共|总共|一共|有|至少|以上|[≥≤＞＜>=＝≧≦:：、“\"＋+*×])+$"
)
_ORGANISATION = re.compile(
    r"^.{2,40}?(?:局|委员会|办公室|办事处|中心|部门|单位|政府|学校|中学|小学|大学|学院|医院|法院|检察院|街道|镇|乡|支队|大队|总队|研究所|管理所|站|院|馆|联合会|协会|厅|队|处|本级|系统|办|所|会|委|部|园)"
    r"(?:[（(][^（()）]{1,12}[)）])?(?:部门|机关|本级|及所属单位|的|本部|年度|当年|本年)*"
    r"(?=(?:收入|支出|总收入|总支出|收支|收、支|财政拨款|一般公共|政府性基金|国有资本|基本支出|项目支出|人员|公用|日常|[“\"]?三公|机关运行|政府采购|上年|年初|年末|年度|预算|决算|本年|固定资产|资产|财政|部门|公务|因公|共有|共|用于|安排))"
)
_QUOTED_ITEM = re.compile(r"^“?(?P<path>[^”“]+)”?(?:科目|项目)?$")
_LEVEL = re.compile(r"[（(\[<【〔](?:\d{2,7})?(类|款|项)级?[)）\]>】〕](?:科目)?")
_NUMBERED_LEVELS = re.compile(
    r"^(?P<one>[^（()）]+)[（(]\d{3}[)）](?P<two>.+)[（(]\d{2}[)）](?P<three>[^（()）]+)[（(]\d{2}[)）]"
)
_WORDED_LEVELS = re.compile(
    r"^(?P<one>[^（()）]{2,20}支出)类(?P<two>[^款]{2,30})款(?P<three>[^项]{2,40})项(?:级?科目)?(?=$|预算|决算|支出|年初)"
)
_CLASS_BEHIND = re.compile(r"(?<=支出)类(?:级)?科目$")
_TAIL_OF_PATH = re.compile(r"^(?:(?:支出)?(?:预算|决算)?(?:安排|数|支出)?)?$")
_LONGEST_LABEL = 40


def subject_of(words: str) -> tuple[str, int | None]:
    """The noun phrase in `words`, and the year that they name."""
    year: int | None = None
    for match in list(YEAR.finditer(words))[::-1]:
        year = year or int(match[1])
        if words[: match.start()].endswith("的"):
            words = words[: match.start()] + words[match.end() :]
        elif match.end() < len(words) or not match.start():
            words = words[match.end() :]
            break
    before = None
    while before != words:
        before = words
        words = _TRAILING.sub("", _LEADING.sub("", words))
        words = _ORGANISATION.sub("", words)
        if words.startswith("为") and is_account_name(words[1:]):
            words = words[1:]
    return item_path(_CLASS_BEHIND.sub("", words)), year


def item_path(words: str) -> str:
    """A functional class as the text names it, its levels apart by "/": 教育支出（类）普通教育（款）小学教育（项）
    and 教育支出-普通教育-小学教育 are both 教育支出/普通教育/小学教育. Other words come back trimmed."""
    quoted = _QUOTED_ITEM.match(words)
    if quoted and (words.startswith("“") or "”" in words) and not words.startswith("“三公”"):
        words = quoted["path"] if quoted["path"] else words
    if _LEVEL.search(words):
        levels = [part.strip('“”"、 -－—–') for part in _LEVEL.split(words)[::2]]
        names = [level for level in levels[:-1] if level]
        tail = levels[-1].removeprefix("科目")
        if len(names) == 1 and tail.startswith("支出") and not names[0].endswith("支出"):
            # 教育（类）支出 is called 教育支出.
            names, tail = [f"{names[0]}支出"], tail.removeprefix("支出")
        path = "/".join(names)
        says_nothing = _TAIL_OF_PATH.match(tail) and not tail.startswith(("预算", "年初"))
        return path if says_nothing or not tail else f"{path} {tail}"
    in_words = _NUMBERED_LEVELS.match(words) or _WORDED_LEVELS.match(words)
    if in_words:
        path = "/".join(in_words.group("one", "two", "three"))
        tail = words[in_words.end() :]
        return f"{path} {tail}" if tail else path
    parts = re.split(r"[-－—–]+", words)
    if len(parts) == 3 and parts[0].endswith("支出") and all(len(part) >= 2 for part in parts):
        return "/".join(parts)
    if len(words) > _LONGEST_LABEL:
        words = words[max(words.rfind("、") + 1, words.rfind("的") + 1, len(words) - _LONGEST_LABEL) :]
    if words.count("”") > words.count("“"):
        words = words.replace("”", "", 1)
    return words.strip('”"’、')
