"""Every test runs without the home configuration, as one reviewer, in the C.UTF-8 locale, 80 columns wide."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The default suite says the same every time; `WORKBENCH_RANDOM=1` looks for new examples.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("random", deadline=None)
_RANDOM = bool(os.environ.get("WORKBENCH_RANDOM"))
settings.load_profile("random" if _RANDOM else "fixed")

# Documents and tables are many small objects that live long: looking for garbage among them as often as by default
# takes a quarter of the time of the tests.
gc.set_threshold(100_000, 20, 100)

ROOT = Path(__file__).resolve().parent.parent

# Where Python is told to keep no compiled code, each of the hundreds of processes that tests begin would compile the
# program anew: a third of the time of them all.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

multiprocessing.set_forkserver_preload(["workbench.review.outcome", "workbench.tables.text.locate"])

SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"


def examples(number: int) -> int:
    """How many examples a property is shown: all where new ones are looked for, half of them where they are always the
    same ones."""
    return number if _RANDOM else number // 2


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keeps a person's own configuration out of the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    for name in ("WORKBENCH_LANGUAGE", "WORKBENCH_KEYMAP", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("WORKBENCH_CACHE_MEGABYTES", "0")


@pytest.fixture(autouse=True)
def quick_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are copies of a process that has the program loaded, which takes a second off each. The tests of the
    workers themselves, and those that run the program as others do, begin them afresh as it does."""
    if sys.platform != "win32":
        monkeypatch.setattr("workbench.pipeline.workers._START", "forkserver")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents, beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update-golden`, which CI refuses."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Golden files are read by a person before they change; CI never writes them."""
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("golden files are not updated in CI")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What is left of thousands of tests is not looked through for garbage before the process ends, which takes
    seconds in each worker."""
    gc.freeze()
