"""What is said of a record when it is opened: what became of it since it was closed last."""

from __future__ import annotations

from workbench.model.message import Message
from workbench.model.record import ReviewRecord
from workbench.records.lock import Holder
from workbench.records.succession import Predecessor


def continued(former: Predecessor, record: ReviewRecord) -> Message:
    """The review of another file, or of another version of this one, goes on here."""
    before, steps = former.loaded.record.source, len(record.actions)
    if not former.changed:
        return Message(
            f"this file was reviewed as {before.path}; its review goes on here, steps: {steps}",
            f"此文件曾以 {before.path} 审阅；其审阅在此继续，步骤数：{steps}",
        )
    old, new = before.sha256[:8], record.source.sha256[:8]
    return Message(
        f"the file was changed since it was reviewed ({old} → {new}); its review goes on, steps: {steps}",
        f"文件自审阅后已变更（{old} → {new}）；审阅继续，步骤数：{steps}",
    )


def taken_over(former: Holder) -> Message:
    """Someone else had the record open."""
    return Message(f"taken over from {former}", f"已从 {former} 接手")


def recovered(count: int) -> Message:
    """Steps of a session that was cut off are there again."""
    return Message(f"unsaved steps recovered from the journal: {count}", f"已从日志恢复 {count} 个未保存的步骤")


def merged(conflicts: int) -> Message:
    """What others did meanwhile was taken in."""
    if not conflicts:
        return Message(
            "the record had been changed on disk; both reviews were merged", "磁盘上的记录已被他人更改；双方内容已合并"
        )
    return Message(
        f"the record had been changed on disk; both reviews were merged, conflicts to be settled: {conflicts}",
        f"磁盘上的记录已被他人更改；合并后有 {conflicts} 处不一致待裁定",
    )
