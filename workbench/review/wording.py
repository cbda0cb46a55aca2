"""Steps of a review in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workbench.model.edit import Edit, SetCell, SetHeaderCell, edit_kind
from workbench.model.message import Message
from workbench.model.record import Action, Correction, Decision, Flag, RecordedFinding, Verdict
from workbench.model.table import CellRef
from workbench.records.replay import Replayed
from workbench.review.state import GridDifference

_KINDS = {
    "shift_cells": Message("cells moved", "移动单元格"),
    "insert_rows": Message("rows inserted", "插入行"),
    "delete_rows": Message("rows deleted", "删除行"),
    "insert_column": Message("column inserted", "插入列"),
    "delete_column": Message("column deleted", "删除列"),
    "merge_rows": Message("rows merged", "合并行"),
    "split_row": Message("row split", "拆分行"),
    "merge_cells": Message("cells merged", "合并单元格"),
    "split_cell": Message("cell split", "拆分单元格"),
    "join_tables": Message("tables joined", "合并表"),
    "split_table": Message("table split", "拆分表"),
    "set_header_rows": Message("header rows set", "设定表头行数"),
    "set_form": Message("form set", "设定表种"),
    "set_unit": Message("unit set", "设定单位"),
    "set_title": Message("title set", "设定表名"),
    "delete_table": Message("table removed", "删除表"),
}

_VERDICTS = {
    Verdict.EXTRACTION_ERROR: Message("ruled an extraction error", "裁定为提取错误"),
    Verdict.SOURCE_ERROR: Message("ruled an error of the document itself", "裁定原文有误"),
    Verdict.WAIVED: Message("waived", "豁免"),
    Verdict.DEFERRED: Message("put off", "留待以后"),
    Verdict.CELL_RIGHT: Message("cell is right as it stands", "该单元格无误"),
    Verdict.VALUE_REJECTED: Message("value rejected", "不采纳该值"),
    Verdict.RULE_WAIVED: Message("rule does not apply here", "本文档停用该规则"),
    Verdict.REOPENED: Message("opened again", "重新打开"),
}


def describe_action(action: Action, subject: Message | None = None) -> Message:
    """One step in words: what it changed, or what it ruled; `subject` says what a ruled finding is about."""
    match action:
        case Correction():
            return _several([describe_edit(edit) for edit in action.edits])
        case Decision():
            said = _VERDICTS[action.verdict]
            about = subject or Message(action.finding, action.finding)
            detail = action.value or (str(action.cell) if action.cell else "")
            tail = f": {detail}" if detail else ""
            return Message(f"{said.en}{tail} — {about.en}", f"{said.zh}{tail} — {about.zh}")
        case Flag():
            place = _place(action.ref)
            if not action.flagged and not action.note:
                return Message(f"{place.en}: mark removed", f"{place.zh}：取消标记")
            note = f" {action.note}" if action.note else ""
            return Message(f"{place.en}: marked{note}", f"{place.zh}：标记{note}")


def describe_edit(edit: Edit) -> Message:
    """One edit in words."""
    if isinstance(edit, SetCell | SetHeaderCell):
        before, after = edit.before or "␣", edit.after or "␣"
        ref = edit.ref
        where = _place(ref)
        if isinstance(edit, SetHeaderCell):
            where = Message(f"{where.en} of the header", f"{where.zh}（表头）")
        return Message(f"{where.en}: {before} → {after}", f"{where.zh}：{before} → {after}")
    said = kind_words(edit)
    table = edit.ref.table if hasattr(edit, "ref") else edit.table
    return Message(f"{table}: {said.en}", f"{table}：{said.zh}")


def kind_words(edit: Edit) -> Message:
    """What an edit of the shape of a table does to it."""
    return _KINDS[edit_kind(edit)]


def several(count: int) -> Message:
    """The steps that one command took."""
    return Message(f"{count} steps taken at once", f"一次所做的 {count} 步")


def undone(said: Message) -> Message:
    """That a step was taken back."""
    return Message(f"undone: {said.en}", f"已撤销：{said.zh}")


def redone(said: Message) -> Message:
    """That a step was taken again."""
    return Message(f"redone: {said.en}", f"已重做：{said.zh}")


def numbered_anew(ids: Mapping[str, str]) -> Message:
    """That a new reading counts its tables otherwise."""
    pairs = ", ".join(f"{old} → {new}" for old, new in sorted(ids.items()))
    return Message(f"tables are numbered anew in this reading: {pairs}", f"本次读取后表的编号有变：{pairs}")


def found_again(names: Mapping[str, str]) -> Message:
    """That rulings were found again on findings of another name."""
    return Message(
        f"rulings found again on findings that have another name in this reading: {len(names)}",
        f"有 {len(names)} 项裁定所指的问题在本次读取后名称有变，已按原位置找回",
    )


def rulings_left(gone: Sequence[RecordedFinding]) -> Message:
    """That findings which were ruled on stand no more."""
    first = gone[0].message
    return Message(
        f"findings that were ruled on and are not found any more: {len(gone)}; first: {first}",
        f"有 {len(gone)} 项已裁定的问题不复存在，首项：{first}",
    )


def remarks(replayed: Replayed, unlike: tuple[GridDifference, ...]) -> Iterable[Message]:
    """What a reviewer should know about how the record and the document go together."""
    stale = sum(not item.satisfied for item in replayed.stale)
    if stale:
        yield Message(f"corrections that no longer fit the document: {stale}", f"有 {stale} 处更正已不再适用")
    satisfied = len(replayed.stale) - stale
    if satisfied:
        yield Message(f"corrections no longer needed: {satisfied}", f"有 {satisfied} 处更正已无需再作")
    if replayed.moved:
        yield Message(
            f"steps found at another place by their labels: {replayed.moved}",
            f"有 {replayed.moved} 处更正、标记或裁定已按行列名称移至新位置",
        )
    if replayed.astray:
        name = " / ".join(filter(None, replayed.astray[0].labels))
        yield Message(
            f"marks and rulings whose cell is not found any more: {len(replayed.astray)}; first {name}",
            f"有 {len(replayed.astray)} 处标记或裁定找不到原单元格，首处 {name}",
        )
    if unlike:
        first = unlike[0]
        yield Message(
            f"places where the grid in the record differs from the review: {len(unlike)}; first {first.ref}, "
            f"recorded {first.recorded!r}, now {first.now!r}",
            f"记录中的表与审阅结果有 {len(unlike)} 处不同，首处 {first.ref}：记录为 {first.recorded!r}，现为 {first.now!r}",
        )


def _place(ref: CellRef) -> Message:
    """A cell counted from 1, as people count; a whole table; or the document."""
    if not ref.table:
        return Message("the document", "本文档")
    if ref.row < 0:
        return Message(ref.table, ref.table)
    return Message(
        f"{ref.table} row {ref.row + 1}, column {ref.column + 1}",
        f"{ref.table} 第 {ref.row + 1} 行第 {ref.column + 1} 列",
    )


def _several(parts: list[Message]) -> Message:
    if not parts:
        return Message("nothing changed", "没有变化")
    more = len(parts) - 1
    if not more:
        return parts[0]
    return Message(f"{parts[0].en} and {more} more", f"{parts[0].zh} 等 {more + 1} 处")
