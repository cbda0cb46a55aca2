"""The reason of a suggestion in four parts, a short sentence each, in English and Chinese: what fails and by how much,
what the change mends and breaks, why it is plausible, what speaks against it. The edits stand beside it and are not
told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.model.check import Cause, CheckResult, Relation
from workbench.model.edit import Edit, SetCell, SetUnit, ShiftCells
from workbench.model.message import Message
from workbench.model.table import Document
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.proposals.proof import Proof
from workbench.repairs.proposals.wording import describe_edit, place_of

STORIES: dict[str, Message] = {
    "point_lost": Message("the decimal point was lost", "小数点丢失"),
    "point_moved": Message("the decimal point moved", "小数点移位"),
    "digit_lost": Message("a digit was lost", "少一位数字"),
    "digit_doubled": Message("a digit stands twice", "数字重复一位"),
    "digit_added": Message("a digit too many", "多一位数字"),
    "digits_swapped": Message("two digits changed places", "相邻数字颠倒"),
    "digit_misread": Message("one digit was read as one that looks like it", "形近数字误认"),
    "digit_changed": Message("one digit differs", "一位数字不同"),
    "two_digits": Message("two characters differ", "两处字符不同"),
    "sign": Message("the sign is wrong", "正负号有误"),
    "piece_repeated": Message("a piece of a wrapped figure stands twice", "折行数字片段重复"),
    "tail_lost": Message("the end of the figure was lost", "数字尾部丢失"),
    "head_lost": Message("the beginning of the figure was lost", "数字首部丢失"),
    "unreadable": Message("the figure is unreadable; this is what it nearly says", "数字不可读，最接近此值"),
    "figure_dropped": Message("a figure is missing here", "此处漏填数字"),
    "figure_repeated": Message("the figure of a neighbouring cell stands here again", "重复了相邻单元格的数字"),
    "unit_mixed": Message("the figure is in another unit", "单位混用"),
    "column_unit": Message("the whole column is in another unit", "整列单位有误"),
    "row_unit": Message("the whole row is in another unit", "整行单位有误"),
    "digits_lost": Message("the last digits were lost in it, and nothing tells them", "尾数已失，无从得知"),
    "rounded": Message("the figure was rounded", "数字被取整"),
    "part_left_out": Message("the total leaves out one of its parts", "合计漏加一项"),
    "grand_total_printed": Message("it prints the grand total of its column", "误填了本列总计"),
    "same_correction": Message("the same wrong figure as elsewhere", "与他处同错"),
    "other_figure": Message("no known slip explains it; the sums ask for it", "无已知笔误可释，由勾稽关系推得"),
    "figures_merged": Message("two figures ran together", "两数粘连"),
    "figure_split": Message("one figure was cut in two", "一数被拆成两段"),
    "shifted_column": Message("the figures stand one column beside their place", "数字错开一列"),
    "other_half": Message("the figure stands in the other half of its row", "数字错入同行的另一半"),
    "shifted_two_columns": Message("the figures stand two columns beside their place", "数字错开两列"),
    "moved_row": Message("the figure stands on the row beside its own", "数字错开一行"),
    "moved_block": Message("a block of figures stands one row off", "一组数字整体错开一行"),
    "figures_slid": Message(
        "the figures slid off their rows; another table has them in this order by the same codes",
        "数字整体错行，另一张表按相同科目依次列示",
    ),
    "cells_swapped": Message("two neighbouring figures changed places", "相邻两数颠倒"),
    "rows_swapped": Message("the figures of two rows changed places", "两行数字颠倒"),
    "columns_swapped": Message("two columns changed places", "两列数字颠倒"),
    "row_emptied": Message("the row lost its figures", "该行数字整行丢失"),
    "moved_run": Message("figures stand on the row beside their own", "一组数字错开一行"),
    "blanks_lost": Message("blank cells were lost, the figures closed up", "空白单元格丢失，数字挤在一起"),
    "figure_in_name": Message("the figure was read as the end of its name", "数字误入名称单元格"),
    "row_split": Message("one row was cut in two", "一行被拆成两行"),
    "row_repeated": Message("the row stands there twice", "同一行重复出现"),
    "columns_numbered": Message("the row only numbers the columns", "该行仅为栏次编号"),
    "rows_merged": Message("two rows ran together", "两行粘连为一行"),
    "row_lost": Message("a row is missing", "缺少一行"),
    "column_lost": Message("a column is missing", "缺少一列"),
    "table_unit": Message("the whole table is in another unit", "整表单位有误"),
    "other_reading": Message("a second reading of the place says so", "第二种读取结果如此"),
    "other_code": Message("other tables list this name under another code", "其他表中同名科目为另一编码"),
    "rule_does_not_hold": Message("the rule may not hold here", "此规则在此处可能不成立"),
}
"""What each method of a suggestion means."""

_CAUSES = {
    Cause.EXTRACTION: Message("A slip of extraction", "应为提取之误"),
    Cause.SOURCE: Message("The source prints it so", "原文如此"),
    Cause.UNCLEAR: Message("Whose slip it is cannot be told", "无法判断是原文还是提取之误"),
}

_UNCLEAR_BY_SHAPE = Message(
    "Whose slip it is cannot be told without the source text", "无原文可比，无法判断是原文还是提取之误"
)

_CLOSE = 0.1
"""A second candidate with less than this share, and less than half of that of the first, does not speak against it."""
_MOST_STORIES = 2
_OF_MONEY = 2
"""Decimals that amounts have."""
_SEVERAL = 2
"""So many that are as likely are counted; one is named."""


@dataclass(frozen=True, slots=True)
class Rival:
    """The next best candidate: its edits and its share, and how many other changes are as likely as the one that it
    speaks against."""

    edits: tuple[Edit, ...]
    share: float
    alike: int = 0


def reason_for(
    document: Document,
    results: Sequence[CheckResult],
    edits: Sequence[Edit],
    methods: Sequence[str],
    supports: Sequence[Support],
    proof: Proof,
    share: float,
    rival: Rival | None,
    cause: Cause,
    *,
    by_shape: bool,
    against: Message | None = None,
) -> Message:
    """The reason of one suggestion for the failing checks `results`; `methods` are the slips that it undoes, the most
    telling one first. `against` is what speaks against it where that is no other candidate."""
    parts = [
        _what_fails(results),
        _what_it_does(document, edits, results, proof),
        _why(document, methods, supports, cause, by_shape=by_shape, changed=bool(edits)),
        _against(document, edits, share, rival) if against is None else _alone_against(against, share),
    ]
    return Message(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def _what_fails(results: Sequence[CheckResult]) -> Message:
    """How many checks fail, and by how much the strongest of them, in the words of its message."""
    count = len(results)
    told = next((result for result in results if result.residual is not None), None)
    if told is None and all(result.check.relation is not Relation.FACT for result in results):
        # A figure of each is unreadable, or none is printed.
        which_en = "1 check cannot" if count == 1 else f"{count} checks cannot"
        return Message(f"{which_en} be worked out.", f"{count} 项核对无法计算。")
    verb = "check fails" if count == 1 else "checks fail"
    by = _by_how_much(told) if told is not None else Message("", "")
    sizes = {abs(result.residual) for result in results if result.residual is not None}
    which = Message(", the first", "，首项") if len(sizes) > 1 else Message("", "，" if told is not None else "")
    return Message(f"{count} {verb}{which.en}{by.en}.", f"{count} 项核对不符{which.zh}{by.zh}。")


def _by_how_much(result: CheckResult) -> Message:
    residual = result.residual or Decimal(0)
    if result.check.relation is not Relation.EQUAL:
        # A product or a rate has more decimals than any figure of it is printed with.
        size = _plain(round(abs(residual), max(_OF_MONEY, -_exponent(result.printed))))
        return Message(f" by {size}", f"相差 {size}")
    size = _plain(abs(residual))
    if residual > 0:
        return Message(f": {size} too much", f"多 {size}")
    return Message(f": {size} too little", f"少 {size}")


def _what_it_does(document: Document, edits: Sequence[Edit], results: Sequence[CheckResult], proof: Proof) -> Message:
    if not edits:
        return Message("Nothing is changed.", "不作改动。")
    shaping = next((edit for edit in edits if not isinstance(edit, SetCell | ShiftCells | SetUnit)), None)
    shape = describe_edit(document, shaping) if shaping is not None else None
    wanted = {result.check.id for result in results}
    cleared = len(wanted & set(proof.clears))
    if cleared == len(wanted):
        all_of_them = {1: "it then holds", 2: "both then hold"}.get(cleared, f"all {cleared} then hold")
        done = Message(all_of_them, "改后相符")
    else:
        hold = "holds" if cleared == 1 else "hold"
        done = Message(f"{cleared} of {len(wanted)} then {hold}", f"改后 {len(wanted)} 项中 {cleared} 项相符")
    beyond = len(proof.clears) - cleared
    if beyond:
        done = Message(f"{done.en}, {beyond} more elsewhere", f"{done.zh}，另有 {beyond} 项随之相符")
    broken = len(proof.breaks)
    end = Message(f"{broken} would break", f"但 {broken} 项将不符") if broken else Message("none breaks", "无新增不符")
    before = (f"{shape.en}: ", f"{shape.zh}；") if shape is not None else ("", "")
    en = f"{before[0]}{done.en}, {end.en}."
    return Message(en[0].upper() + en[1:] if shape is None else en, f"{before[1]}{done.zh}，{end.zh}。")


def _why(
    document: Document,
    methods: Sequence[str],
    supports: Sequence[Support],
    cause: Cause,
    *,
    by_shape: bool,
    changed: bool,
) -> Message:
    stories = [STORIES[method] for method in dict.fromkeys(methods)][:_MOST_STORIES]
    en, zh = "; ".join(story.en for story in stories), "；".join(story.zh for story in stories)
    en = en[0].upper() + en[1:]
    if not changed:
        return Message(f"{en}.", f"{zh}。")
    if supports:
        place, printed = place_of(document, supports[0].ref), document.cell(supports[0].ref).text
        same = (" under the same name", "（同名行）") if supports[0].same_name else ("", "")
        en += f"; {place.en} prints {printed}{same[0]}"
        zh += f"；{place.zh}{same[1]}印有 {printed}"
    verdict = _CAUSES[cause]
    if by_shape and cause is Cause.UNCLEAR:
        verdict = _UNCLEAR_BY_SHAPE
    elif by_shape:
        verdict = Message(f"{verdict.en} (by its shape; no source text)", f"{verdict.zh}（仅凭形态，无原文可比）")
    return Message(f"{en}. {verdict.en}.", f"{zh}。{verdict.zh}。")


def _against(document: Document, edits: Sequence[Edit], share: float, rival: Rival | None) -> Message:
    own = percent(share)
    if rival is None or rival.share < min(_CLOSE, share / 2):
        if not edits:
            sure = ("over 99%", "99% 以上") if share >= _NEARLY_ALL else (own, own)
            return Message(f"No change of figures comes near ({sure[0]}).", f"无相近的改动可解释（{sure[1]}）。")
        if share >= _NEARLY_ALL:
            return Message("Nothing else comes near (over 99%).", "无其他相近解释（99% 以上）。")
        return Message(f"Nothing else comes near ({own}).", f"无其他相近解释（{own}）。")
    other = percent(rival.share)
    if rival.alike >= _SEVERAL and other == own:
        return Message(
            f"Against it: {rival.alike} other changes are as likely ({own} each).",
            f"反证：另有 {rival.alike} 种改法同样可能（各 {own}）。",
        )
    if not rival.edits:
        return Message(
            f"Against it: the rule may not hold here ({own} to {other}).",
            f"反证：此规则在此处可能不成立（{own} 对 {other}）。",
        )
    apart = next((edit for edit in rival.edits if edit not in edits), None)
    if apart is None:
        return Message(
            f"Against it: a part of the change may do ({own} to {other}).",
            f"反证：只改其中一处亦可（{own} 对 {other}）。",
        )
    told = describe_edit(document, apart)
    beside = ("", "")
    if edits and all(edit in rival.edits for edit in edits):
        beside = (" as well", "同时改")
    elif any(edit in edits for edit in rival.edits):
        beside = (" in place of a part of it", "其中一部分代之以")
    return Message(
        f"Against it: {told.en}{beside[0]} ({own} to {other}).",
        f"反证：{beside[1]}{told.zh}{' ' if told.zh[-1].isascii() else ''}亦可（{own} 对 {other}）。",
    )


def _alone_against(against: Message, share: float) -> Message:
    own = percent(share)
    return Message(f"Against it: {against.en} ({own}).", f"反证：{against.zh}（{own}）。")


def percent(share: float) -> str:
    """A share in percent; never all of it, since no search knows every slip."""
    return f"{min(share, _NEARLY_ALL - 0.001):.0%}"


_NEARLY_ALL = 0.995


def _exponent(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return exponent if isinstance(exponent, int) else 0


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
