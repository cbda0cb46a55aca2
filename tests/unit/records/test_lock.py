"""Who holds a record: the living are left alone, the dead are not waited for, and whoever loses a lock finds out."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.errors import RecordLockedError
from workbench.records.lock import LIFETIME, Lock, _start_of, held_by_others, read_lock

NOW = datetime(2031, 3, 2, 9, 30, tzinfo=UTC)


class Hands:
    """A clock whose hands are set by the test."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def foreign(path: Path, *, host: str, process: int, expires: datetime, started: str = "") -> None:
    data = {"person": "王芳", "host": host, "process": process, "started": started, "token": "t"}
    path.write_text(json.dumps(data | {"expires": expires.isoformat()}), "utf-8")


def test_a_lock_says_who_when_and_where(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a.lock", "李文", Hands())
    assert lock.acquire() is None
    holder = read_lock(tmp_path / "a.lock")
    assert holder is not None
    assert (holder.person, holder.host, holder.process) == ("李文", socket.gethostname(), os.getpid())
    assert datetime.fromisoformat(holder.expires) == NOW + LIFETIME
    assert str(holder) == f"李文 on {socket.gethostname()} (process {os.getpid()})"
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_a_living_process_is_respected_and_can_be_taken_knowingly(tmp_path: Path) -> None:
    first = Lock(tmp_path / "a.lock", "李文", Hands())
    first.acquire()
    second = Lock(tmp_path / "a.lock", "王芳", Hands())
    with pytest.raises(RecordLockedError, match="李文"):
        second.acquire()
    former = second.acquire(steal=True)
    assert former is not None and former.person == "李文"
    with pytest.raises(RecordLockedError, match="王芳"):
        first.check()
    first.release()
    second.check()


def test_a_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    foreign(tmp_path / "a.lock", host=socket.gethostname(), process=process.pid, expires=NOW + LIFETIME)
    former = Lock(tmp_path / "a.lock", "李文", Hands()).acquire()
    assert former is not None and former.person == "王芳"


def test_a_lock_of_a_process_that_ended_and_was_not_waited_for_is_taken_over(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "print(1)"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read()
    status = Path(f"/proc/{process.pid}/stat")
    if not status.exists():
        pytest.skip("this system does not tell the state of a process")
    while status.read_text().rpartition(")")[2].split()[0] != "Z":
        pass
    foreign(tmp_path / "a.lock", host=socket.gethostname(), process=process.pid, expires=NOW + LIFETIME)
    assert Lock(tmp_path / "a.lock", "李文", Hands()).acquire() is not None
    process.wait()


def test_a_process_number_that_came_again_is_not_the_holder(tmp_path: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not tell when a process started")
    foreign(tmp_path / "a.lock", host=socket.gethostname(), process=os.getpid(), expires=NOW + LIFETIME, started="1")
    assert Lock(tmp_path / "a.lock", "李文", Hands()).acquire() is not None


def test_when_a_process_started_stays_the_same_while_it_takes_memory() -> None:
    before = _start_of(os.getpid())
    taken = bytearray(64 << 20)
    assert _start_of(os.getpid()) == before
    assert len(taken) == 64 << 20


def test_a_lock_of_another_host_holds_until_it_expires(tmp_path: Path) -> None:
    hands = Hands()
    foreign(tmp_path / "a.lock", host="elsewhere", process=1, expires=NOW + timedelta(minutes=1))
    lock = Lock(tmp_path / "a.lock", "李文", hands)
    with pytest.raises(RecordLockedError, match="王芳 on elsewhere"):
        lock.acquire()
    hands.now += timedelta(minutes=2)
    assert lock.acquire() is not None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"person": "王芳"}', "null", '{"process": "x"}'])
def test_a_lock_that_a_crash_cut_short_is_in_nobodys_way(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.lock").write_text(content, "utf-8")
    lock = Lock(tmp_path / "a.lock", "李文", Hands())
    lock.acquire()
    lock.check()


def test_a_lock_in_use_is_renewed_and_one_that_was_deleted_is_put_back(tmp_path: Path) -> None:
    hands = Hands()
    lock = Lock(tmp_path / "a.lock", "李文", hands)
    lock.acquire()
    hands.now += LIFETIME / 2
    lock.check()
    holder = read_lock(tmp_path / "a.lock")
    assert holder is not None and datetime.fromisoformat(holder.expires) == hands.now + LIFETIME
    (tmp_path / "a.lock").unlink()
    lock.check()
    assert read_lock(tmp_path / "a.lock") is not None


def test_who_else_has_records_open_is_told_but_for_the_dead_and_for_oneself(tmp_path: Path) -> None:
    foreign(tmp_path / "there.lock", host="elsewhere", process=7, expires=NOW + LIFETIME)
    foreign(tmp_path / "expired.lock", host="elsewhere", process=7, expires=NOW - LIFETIME)
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    foreign(tmp_path / "dead.lock", host=socket.gethostname(), process=int(dead.stdout), expires=NOW + LIFETIME)
    foreign(tmp_path / "mine.lock", host=socket.gethostname(), process=os.getpid(), expires=NOW + LIFETIME)
    (tmp_path / "torn.lock").write_text("{", "utf-8")
    held = held_by_others(tmp_path, NOW)
    assert {path.name: holder.person for path, holder in held.items()} == {"there.toml": "王芳"}
    assert held_by_others(tmp_path / "none", NOW) == {}
