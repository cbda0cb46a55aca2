"""The reason of a suggestion in four parts, in English and Chinese: what fails, what the change does, why it is
plausible, what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Cause, CheckResult
from workbench.model.edit import Edit, SetCell, SetUnit, ShiftCells
from workbench.model.message import Message
from workbench.model.table import CellRef, Document
from workbench.repairs.corroboration import Support
from workbench.repairs.proof import Proof

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
    "rounded": Message("the figure was rounded", "数字被取整"),
    "part_left_out": Message("the total leaves out one of its parts", "合计漏加一项"),
    "grand_total_printed": Message("it prints the grand total of its column", "误填了本列总计"),
    "same_correction": Message("the same wrong figure as elsewhere, mended the same way", "与他处同错，同样更正"),
    "other_figure": Message("no known slip explains the figure; the sums ask for it", "无已知笔误可释，由合计关系推得"),
    "figures_merged": Message("two figures ran together", "两数粘连"),
    "figure_split": Message("one figure was cut in two", "一数被拆成两段"),
    "shifted_column": Message("the figures stand one column beside their place", "数字错开一列"),
    "moved_row": Message("the figure stands on the row beside its own", "数字错开一行"),
    "moved_block": Message("a block of figures stands one row off", "一组数字整体错开一行"),
    "cells_swapped": Message("two neighbouring figures changed places", "相邻两数颠倒"),
    "rows_swapped": Message("the figures of two rows changed places", "两行数字颠倒"),
    "columns_swapped": Message("two columns changed places", "两列数字颠倒"),
    "table_unit": Message("the whole table is in another unit", "整表单位有误"),
    "rule_does_not_hold": Message(
        "no cell explains it: the rule may not hold here", "无单元格可释：此规则在此处可能不成立"
    ),
}
"""What each method of a suggestion means."""

_CAUSES = {
    Cause.EXTRACTION: Message("Probably a slip of extraction.", "判断：提取错误。"),
    Cause.SOURCE: Message(
        "The source prints it so: probably an error of the document.", "来源：原文如此，判断为原文错误。"
    ),
    Cause.UNCLEAR: Message(
        "Whether the document or the extraction erred cannot be told.", "无法判断是原文还是提取之误。"
    ),
}

_CLOSE = 0.1
"""A second candidate with less than this share does not speak against the first."""


@dataclass(frozen=True, slots=True)
class Rival:
    """The next best candidate: its edits and its share."""

    edits: tuple[Edit, ...]
    share: float


def reason_for(
    document: Document,
    results: Sequence[CheckResult],
    edits: Sequence[Edit],
    method: str,
    supports: Sequence[Support],
    proof: Proof,
    share: float,
    rival: Rival | None,
    cause: Cause,
    *,
    by_shape: bool,
) -> Message:
    """The reason of one suggestion for the failing checks `results`."""
    parts = [
        _what_fails(results),
        _what_it_does(document, edits, results, proof),
        _why(document, method, supports, cause, by_shape=by_shape),
        _against(document, share, rival),
    ]
    return Message(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def _what_fails(results: Sequence[CheckResult]) -> Message:
    count = len(results)
    residual = next((result.residual for result in results if result.residual is not None), None)
    by = (f", by {_plain(residual)}", f"，相差 {_plain(residual)}") if residual is not None else ("", "")
    verb = "check fails" if count == 1 else "checks fail"
    return Message(f"{count} {verb}{by[0]}.", f"{count} 项核对不符{by[1]}。")


def _what_it_does(document: Document, edits: Sequence[Edit], results: Sequence[CheckResult], proof: Proof) -> Message:
    if not edits:
        return Message("No change is proposed.", "不建议改动。")
    told = [describe_edit(document, edit) for edit in edits[:3]]
    more = len(edits) - len(told)
    en = "; ".join(part.en for part in told) + (f"; and {more} more" if more else "")
    zh = "；".join(part.zh for part in told) + (f"；另 {more} 处" if more else "")
    cleared = len({result.check.id for result in results} & set(proof.clears))
    beyond = len(proof.clears) - cleared
    en += f". All rules run again: {cleared} of {len(results)} then hold" + (f" and {beyond} more" if beyond else "")
    zh += f"。改后重新核对：{len(results)} 项中 {cleared} 项相符" + (f"，另有 {beyond} 项相符" if beyond else "")
    if proof.breaks:
        return Message(
            f"{en}, {len(proof.breaks)} that held would fail.", f"{zh}，{len(proof.breaks)} 项原相符者不再相符。"
        )
    return Message(f"{en}, none breaks.", f"{zh}，无新增不符。")


def _why(document: Document, method: str, supports: Sequence[Support], cause: Cause, *, by_shape: bool) -> Message:
    story = STORIES[method]
    en, zh = story.en[0].upper() + story.en[1:], story.zh
    if supports:
        support = supports[0]
        place = place_of(document, support.ref)
        same = (" on a row of the same name", "同名行") if support.same_name else ("", "")
        en += f"; the proposed figure is printed{same[0]} at {place}"
        zh += f"；{place}{same[1]}印有同一数字"
    verdict = _CAUSES[cause]
    shape = (
        (" (by its shape; there is no source text to compare)", "（仅凭差异形态，无原文可比）")
        if by_shape
        else ("", "")
    )
    return Message(f"{en}. {verdict.en[:-1]}{shape[0]}.", f"{zh}。{verdict.zh[:-1]}{shape[1]}。")


def _against(document: Document, share: float, rival: Rival | None) -> Message:
    percent = f"{share:.0%}"
    if rival is None or rival.share < _CLOSE:
        return Message(f"Nothing else comes near (share {percent}).", f"无其他相近的解释（占 {percent}）。")
    if rival.edits:
        other = describe_edit(document, rival.edits[0])
        return Message(
            f"Against it: {other.en} explains it too (share {percent} against {rival.share:.0%}).",
            f"反证：{other.zh}亦可解释（{percent} 对 {rival.share:.0%}）。",
        )
    return Message(
        f"Against it: the rule may not hold here (share {percent} against {rival.share:.0%}).",
        f"反证：此规则在此处可能不成立（{percent} 对 {rival.share:.0%}）。",
    )


def describe_edit(document: Document, edit: Edit) -> Message:
    """One edit in words."""
    if isinstance(edit, SetCell):
        place = place_of(document, edit.ref)
        before, after = edit.before or "(blank)", edit.after or "(blank)"
        zh_before, zh_after = edit.before or "空白", edit.after or "空白"
        return Message(f"{place}: {before} → {after}", f"{place}：{zh_before} → {zh_after}")
    if isinstance(edit, ShiftCells):
        place = place_of(document, edit.ref)
        way = ("right", "右") if edit.by > 0 else ("left", "左")
        figures = " ".join(text for text in edit.before if text)
        return Message(f"{place}: {figures} one column to the {way[0]}", f"{place}：{figures} {way[1]}移一列")
    if isinstance(edit, SetUnit):
        return Message(
            f"{edit.table}: {edit.before} → {edit.after}", f"{edit.table}：单位 {edit.before} → {edit.after}"
        )
    return Message(type(edit).__name__, type(edit).__name__)


def place_of(document: Document, ref: CellRef) -> str:
    """A cell by its table, the label of its row and the head of its column."""
    table = next((table for table in document.tables if table.id == ref.table), None)
    if table is None:
        stated = next((stated for stated in document.stated if stated.id == ref.table), None)
        return f"{ref.table} {stated.label}" if stated is not None else ref.table
    row = table.rows[ref.row]
    texts = [cell.text for cell in row[: ref.column] if cell.text]
    label = next((text for text in reversed(texts) if row and _is_label(text)), texts[0] if texts else str(ref.row + 1))
    path = table.column_path(ref.column)
    return " ".join(part for part in (ref.table, label, path[-1] if path else "") if part)


def _is_label(text: str) -> bool:
    return read_figure(text).kind is FigureKind.TEXT


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
