import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf
from workbench.errors import UnreadableSourceError
from workbench.pipeline import Analysis, AnalysisOptions, Failure, WorkerLimits, analyse_all, survey_all, workers
from workbench.pipeline.cache import AnalysisCache
from workbench.tui.models.queue import QueueEntry, entry_of

TABLES = '{"tables": [{"title": "支出总表", "form": "expenditure_summary", "unit": "万元", "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]], "rows": [["201", "一般公共服务支出", "3.00", "1.00", "2.00"]]}]}'


@pytest.fixture(autouse=True)
def quick_workers() -> None:
    """Here they begin as they do in the program."""


@pytest.fixture
def copied_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked is not how they begin."""
    if sys.platform != "win32":
        monkeypatch.setattr(workers, "_START", "forkserver")


def written(folder: Path, names: list[str]) -> list[Path]:
    for name in names:
        (folder / name).write_text(TABLES, encoding="utf-8")
    return [folder / name for name in names]


def test_documents_come_in_order_and_a_broken_one_does_not_stop_the_others(tmp_path: Path) -> None:
    first, last = written(tmp_path, ["a.json", "c.json"])
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\nbroken")
    outcomes = list(analyse_all([first, broken, last], jobs=2))
    assert [outcome.path for outcome in outcomes] == [first, broken, last]
    assert [type(outcome) for outcome in outcomes] == [Analysis, Failure, Analysis]
    assert str(broken) in str(outcomes[1].error)


def endless(_: Analysis) -> None:
    threading.Event().wait()


@pytest.mark.usefixtures("copied_workers")
def test_a_document_that_takes_too_long_is_given_up_with_the_reason(tmp_path: Path) -> None:
    (path,) = written(tmp_path, ["a.json"])
    (outcome,) = survey_all([path], None, endless, jobs=1, limits=WorkerLimits(seconds=0.001))
    assert isinstance(outcome, Failure)
    assert isinstance(outcome.error, UnreadableSourceError)
    assert "was not read within 0.001 s" in str(outcome.error)


def room_taken(_: Analysis) -> int:
    """The address space of a worker that has read a document."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell what a process takes")
def test_a_reader_that_may_not_take_the_memory_it_needs_fails_alone(tmp_path: Path) -> None:
    (tables,) = written(tmp_path, ["b.json"])
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(ruled_pdf(random_disclosure(2)))
    (enough,) = survey_all([tables], None, room_taken, jobs=1)
    assert isinstance(enough, int)
    failed, read = analyse_all([pdf, tables], jobs=1, limits=WorkerLimits(memory=enough + (4 << 20)))
    assert isinstance(failed, Failure)
    assert str(pdf) in str(failed.error)
    assert isinstance(read, Analysis)


def test_a_tables_file_gives_all_its_documents_each_with_a_path_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(f'{{"schema": "workbench.tables/1", "documents": [{TABLES}, {TABLES}]}}', encoding="utf-8")
    outcomes = list(analyse_all([path], AnalysisOptions(), jobs=0))
    assert [str(outcome.path) for outcome in outcomes] == [f"{path}!0", f"{path}!1"]
    assert len({outcome.document.source.sha256 for outcome in outcomes if isinstance(outcome, Analysis)}) == 2


def test_no_documents_give_nothing() -> None:
    assert list(analyse_all([], jobs=2)) == []


def test_workers_start_under_an_app_that_has_taken_the_streams(tmp_path: Path) -> None:
    (path,) = written(tmp_path, ["a.json"])
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from workbench.pipeline import analyse_all\n"
        "class Taken:\n"
        "    def fileno(self): return -1\n"
        "    def write(self, text): return len(text)\n"
        "    def flush(self): pass\n"
        "if __name__ == '__main__':\n"
        "    sys.stderr = Taken()\n"
        "    print([type(outcome).__name__ for outcome in analyse_all([Path(sys.argv[1])], jobs=1)])\n"
    )
    script = tmp_path / "app.py"
    script.write_text(code, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, str(script), str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert result.stdout.strip() == "['Analysis']"


def test_a_reader_whose_main_process_was_killed_ends_without_a_word(tmp_path: Path) -> None:
    """It may be reading, or waiting, when its pipe has no other end any more."""
    (tmp_path / "a.txt").write_text("青禾县", encoding="utf-8")
    code = (
        "import sys, threading; from multiprocessing import Pipe; from pathlib import Path;"
        "from workbench.pipeline.workers import _serve; from workbench.pipeline import AnalysisOptions;"
        "ours, theirs = Pipe();"
        "asked = sys.argv[2:] and ours.send(Path(sys.argv[2]));"
        "survey = lambda analysis: ours.close();"
        "sys.argv[2:] or ours.close();"
        "_serve(theirs, AnalysisOptions(), survey, 0); print('ended')"
    )
    for arguments in ([], [str(tmp_path / "a.txt")]):
        ran = subprocess.run([sys.executable, "-c", code, "x", *arguments], cwd=ROOT, capture_output=True, text=True)
        assert (ran.stdout, ran.stderr) == ("ended\n", "")


@pytest.mark.usefixtures("copied_workers")
def test_of_a_survey_only_what_it_makes_comes_back(tmp_path: Path) -> None:
    first, last = written(tmp_path, ["a.json", "c.json"])
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\nbroken")
    cache = AnalysisCache(tmp_path / "cache" / "analyses")
    options = AnalysisOptions(cache=cache)
    outcomes = list(survey_all([first, broken, last], options, entry_of, jobs=2))
    entries = {outcome.path: outcome for outcome in outcomes if isinstance(outcome, QueueEntry)}
    assert set(entries) == {first, last}
    assert [outcome.path for outcome in outcomes if isinstance(outcome, Failure)] == [broken]
    assert entries[first].tables == 1
    key = cache.key_of(first, options)
    assert key
    assert cache.find(key)


def by_whom(_: Analysis) -> int:
    return os.getpid()


@pytest.mark.usefixtures("copied_workers")
def test_a_worker_that_has_read_many_documents_gives_way_to_a_fresh_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it remembers of them takes memory that nothing else gives back."""
    monkeypatch.setattr(workers, "_MOST", 2)
    paths = written(tmp_path, [f"{number}.json" for number in range(5)])
    readers = list(survey_all(paths, None, by_whom, jobs=1, ordered=True))
    assert [readers.count(reader) for reader in dict.fromkeys(readers)] == [2, 2, 1]


def patient(analysis: Analysis) -> str:
    """Of the first document, only when the one that `until` names is done."""
    folder = analysis.path.parent
    if analysis.path.name == "0.json":
        while not (folder / (folder / "until").read_text()).exists():
            time.sleep(0.001)
    (folder / f"{analysis.path.name}.done").touch()
    return analysis.path.name


@pytest.mark.usefixtures("copied_workers")
def test_reading_does_not_run_far_ahead_of_a_document_that_takes_its_time(tmp_path: Path) -> None:
    """What is read waits in memory for the one before it: not all of it may have to."""
    for lead, last in ((2, 1), (None, 7)):
        folder = tmp_path / str(lead)
        folder.mkdir()
        paths = written(folder, [f"{number}.json" for number in range(8)])
        (folder / "until").write_text(f"{last}.json.done", encoding="utf-8")
        pool = workers._Pool(paths, AnalysisOptions(), 2, WorkerLimits(), patient)
        pool.lead = lead
        done = [index for index, _ in pool.run()]
        pool.stop()
        assert done.index(0) in (last - 1, last) and sorted(done) == list(range(8))


def test_ctrl_c_is_heard_by_who_started_the_workers_and_by_nobody_else(tmp_path: Path) -> None:
    written(tmp_path, [f"{number}.txt" for number in range(20)])
    # A shell starts what it runs in the background deaf to Ctrl-C, and these tests may run there.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from workbench.cli import main; "
        f"sys.exit(main(['check', {str(tmp_path)!r}, '--jobs', '2']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORKBENCH_CACHE_MEGABYTES": "0"}
    job = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    children = Path(f"/proc/{job.pid}/task/{job.pid}/children")
    while children.exists() and len(children.read_text().split()) < 3 and job.poll() is None:
        time.sleep(0.005)
    os.killpg(job.pid, signal.SIGINT)
    _, err = job.communicate()
    assert (job.returncode, err) == (130, b"workbench: interrupted\n")
