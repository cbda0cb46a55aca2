"""One record at work: read with its journal, under a lock, each entry on the disk before it counts, saved, merged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from workbench.errors import StorageError
from workbench.model.message import Message
from workbench.model.record import ReviewRecord
from workbench.records import remarks
from workbench.records.codec.record import digest, encode
from workbench.records.history import Entry, Replaced, advance, advance_all
from workbench.records.journal import Journal, Recovered, read_journal
from workbench.records.lock import Lock, folder_guard, read_lock
from workbench.records.merging.reviews import merge_records
from workbench.records.store import Loaded, RecordStore
from workbench.records.succession import Predecessor, predecessor_of

_READ_ONLY = "it is closed, or was opened for reading only"


class KeptRecord:
    """The record of one source while someone works on it.

    `record` is the review as it stands, `disk` the record that lies on disk (None for none yet), `found` the one that
    the review goes on from, which may be its predecessor's, `messages` what was found out on opening.
    """

    def __init__(self, store: RecordStore, path: Path, empty: ReviewRecord, loaded: Loaded | None) -> None:
        self.path = path
        self.read_only = True
        self.messages: list[Message] = []
        self.disk = self.found = loaded.record if loaded else None
        self.record = self.disk or empty
        self.predecessor: Predecessor | None = None
        self._empty = empty
        self._store = store
        self._base = self.record
        self._digest = loaded.digest if loaded else ""
        self._journal = Journal(path.with_suffix(".journal"), store.sync)
        self._lock: Lock | None = None
        self._former_lock: Lock | None = None
        self.dirty = False

    @classmethod
    def open(
        cls,
        store: RecordStore,
        empty: ReviewRecord,
        *,
        person: str,
        clock: Callable[[], datetime],
        steal_lock: bool = False,
        read_only: bool = False,
    ) -> KeptRecord:
        """Take the record of a source to work on. `empty` names the source and stands for a record that is not yet
        there. A folder that takes no files opens for reading only, and `messages` says so.

        Raises RecordLockedError where someone else has it open, InvalidFileError, RecordSchemaError, StorageError.
        """
        path = store.path_for(empty.source.path, empty.source.sha256)
        lock, messages = (None, []) if read_only else _lock(store, path, person, clock, steal_lock)
        former_lock = None
        try:
            kept = cls(store, path, empty, store.load(path))
            kept._lock, kept.read_only = lock, lock is None
            kept.messages = messages
            former = predecessor_of(store, empty.source) if kept.disk is None else None
            if former is not None:
                if lock is not None and former.leaves:
                    former_lock, more = _lock(store, former.path, person, clock, steal_lock)
                    messages += more
                kept._go_on_from(former, former_lock, person, clock)
            kept._recover(person, clock)
        except BaseException:
            for held in (lock, former_lock):
                if held is not None:
                    held.release()
            raise
        return kept

    def _go_on_from(self, former: Predecessor, lock: Lock | None, person: str, clock: Callable[[], datetime]) -> None:
        """Begin with what the predecessor says, with the steps that were not saved."""
        left = KeptRecord(self._store, former.path, former.loaded.record, former.loaded)
        left._recover(person, clock)
        self.predecessor, self._former_lock = former, lock
        self.found = self.record = self._base = former.continued(self._empty.source, left.record)
        self.messages += [remarks.continued(former, self.record), *left.messages]

    def enter(self, entry: Entry) -> ReviewRecord:
        """Bring an entry to the disk, and only then let it count; returns the record after it.

        Raises StorageError, or RecordLockedError where the lock was taken over; the record then is as before.
        """
        lock = self._writable()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with folder_guard(self.path.parent):
                lock.check()
                self._journal.append(entry, self._base, self._digest)
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error
        # Where the system cannot guard the folder, someone may have taken over since the first look.
        lock.check()
        self.record = advance(self.record, entry)
        self.dirty = True
        return self.record

    def adopt(self, record: ReviewRecord, by: str, at: datetime) -> None:
        """Let another form of the record count: on the disk first, where it was opened for writing."""
        entry = Replaced(record, by, at)
        if self.read_only:
            self.record = advance(self.record, entry)
        else:
            self.enter(entry)

    def save(self, record: ReviewRecord) -> Path:
        """Write `record`, which is `self.record` with its grids and findings filled in, and drop the journal.

        Raises RecordChangedError where the file was changed since it was read: `merge` then, and save again. Raises
        RecordLockedError and StorageError; record and journal then stand as they are.
        """
        lock = self._writable()
        lock.check()
        text = encode(record)
        if self.disk is not None and digest(text) == self._digest and not self.dirty and self.path.exists():
            return self.path
        if self.disk is not None and not self.path.exists():
            self.messages.append(
                Message("the record file had been deleted; it was written anew", "记录文件已被删除，现已重新写入")
            )
        if self.dirty:
            self._journal.mark_saved(digest(text), self._base, self._digest)
        self._store.write(self.path, text, self._digest)
        self.record = self.disk = self._base = record
        self._digest = digest(text)
        self.dirty = False
        self._journal.remove()
        self._let_predecessor_go()
        return self.path

    def discard(self) -> None:
        """Remove the record, of which nothing is left to keep, and drop the journal. Raises as `save` does."""
        self._writable().check()
        self._store.remove(self.path, self._digest)
        self._journal.remove()
        self.disk, self._digest, self.dirty = None, "", False

    def _let_predecessor_go(self) -> None:
        """The new record is on the disk and has everything: the one that it goes on from is not needed any more."""
        if self._former_lock is not None and self.predecessor is not None:
            former = self.predecessor.path
            for path in (former.with_suffix(".journal"), former):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            self._former_lock.release()
        self.predecessor = self._former_lock = None

    def complete(self, record: ReviewRecord) -> bool:
        """Write `record` in the place of the one that was saved last, of which it says the same and more: also after
        `close`, but not where anybody has it open since or went on with it. Whether it was written.

        Raises RecordChangedError where others have replaced it, and StorageError.
        """
        if self._lock is not None:
            self._lock.check()
        text = encode(record)
        if self.dirty or not self._store.write(self.path, text, self._digest, may=self._nobody_goes_on):
            return False
        self.record = self.disk = self._base = record
        self._digest = digest(text)
        return True

    def _nobody_goes_on(self) -> bool:
        free = self._lock is not None or read_lock(self.path.with_suffix(".lock")) is None
        return free and self.path.exists() and not self._journal.path.exists()

    def merge(self, by: str, at: datetime) -> ReviewRecord:
        """Take in what was changed on disk since the record was read; returns the merged record, which now counts.

        Raises as `RecordStore.load` and `enter` do; everything then is as before.
        """
        self._writable().check()
        loaded = self._store.load(self.path)
        if loaded is not None:
            self._merge_with(self._base, self.record, loaded, by, at)
        return self.record

    def refresh(self) -> None:
        """A sign of life for the lock. Raises RecordLockedError where it was taken over."""
        if self._lock is not None:
            self._lock.check()

    def close(self) -> None:
        """Give the lock back. What was not saved stays in the journal."""
        for lock in (self._lock, self._former_lock):
            if lock is not None:
                lock.release()
        self._lock = self._former_lock = None
        self.read_only = True

    def _writable(self) -> Lock:
        if self._lock is None:
            raise StorageError(self.path, _READ_ONLY)
        return self._lock

    def _recover(self, person: str, clock: Callable[[], datetime]) -> None:
        recovered = read_journal(self._journal.path)
        if recovered is None:
            return
        entries = recovered.since(self._digest)
        if recovered.torn:
            self.messages.append(self._torn_message(recovered.torn))
        if not recovered.entries:
            entries = ()
        if entries is None:
            self._merge_journal(recovered, person, clock())
        elif entries:
            if self.disk is None and recovered.base is not None:
                self.record = self._base = recovered.base
            self.record = advance_all(self.record, entries)
            self.dirty = True
            self.messages.append(remarks.recovered(len(entries)))
            if not self.read_only:
                self._journal.go_on()
        elif not self.read_only:
            self._journal.remove()

    def _torn_message(self, torn: int) -> Message:
        """What to say of lines that are not whole: the last may have been cut short by a crash; if there are more,
        the file was damaged otherwise, and is kept for a person to look at."""
        if torn == 1:
            return Message(
                "the last line of the journal was cut short and left out; it had never been shown as done",
                "日志最后一行不完整，已略去；该步骤此前并未显示为完成",
            )
        kept = self._journal.keep_copy() if not self.read_only else self._journal.path
        return Message(
            f"the journal is damaged; lines left out: {torn}; the whole is in {kept}",
            f"日志已损坏，略去 {torn} 行；原文件保留在 {kept}",
        )

    def _merge_journal(self, recovered: Recovered, by: str, at: datetime) -> None:
        base = recovered.base or self._empty
        mine = advance_all(base, recovered.entries)
        if self.disk is None:
            self._take(Replaced(mine, by, at), self._empty, "")
            self.messages.append(
                Message(
                    "the record file is gone; its review was recovered from the journal",
                    "记录文件已不存在；已从日志恢复审阅内容",
                )
            )
            return
        self._merge_with(base, mine, Loaded(self.disk, self._digest), by, at)

    def _merge_with(self, base: ReviewRecord, mine: ReviewRecord, loaded: Loaded, by: str, at: datetime) -> None:
        merged = merge_records(base, mine, loaded.record)
        self.disk = loaded.record
        self._take(Replaced(merged, by, at), loaded.record, loaded.digest)
        self.messages.append(remarks.merged(len(merged.conflicts)))

    def _take(self, entry: Replaced, base: ReviewRecord, base_digest: str) -> None:
        if not self.read_only:
            self._journal.rewrite((entry,), base, base_digest)
        self._base, self._digest = base, base_digest
        self.record, self.dirty = advance(base, entry), True


def _lock(
    store: RecordStore, path: Path, person: str, clock: Callable[[], datetime], steal: bool
) -> tuple[Lock | None, list[Message]]:
    """The lock of the record, or none where the folder takes no files; and what there is to say about it."""
    lock = Lock(path.with_suffix(".lock"), person, clock)
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        former = lock.acquire(steal)
    except (StorageError, OSError) as error:
        reason = f"{error.strerror or error}: {store.folder}" if isinstance(error, OSError) else error.message
        return None, [
            Message(
                f"opened for reading only, --records names another folder: {reason}",
                f"以只读方式打开，可用 --records 另指文件夹：{reason}",
            )
        ]
    store.sweep(path)
    return lock, [remarks.taken_over(former)] if former else []
