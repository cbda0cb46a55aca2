"""The app in a headless browser: a correction is clicked to, typed, and ends in the record."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import SAMPLE

PATIENCE = 60.0

pytest.importorskip("textual_serve")
webdriver = pytest.importorskip("selenium.webdriver")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "workbench",
        "serve",
        f"documents/{SAMPLE.name}",
        "--port",
        str(port),
        "--lang",
        "en",
        "--reviewer",
        "lw",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: answers(port), "the server never answered")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(PATIENCE)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@pytest.fixture
def browser(tmp_path: Path) -> Iterator:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1400,900",
    ):  # fmt: skip
        options.add_argument(argument)
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
    yield opened
    opened.quit()


def record(folder: Path) -> dict:
    found = list((folder / "records").glob("*.toml"))
    return tomllib.loads(found[0].read_text(encoding="utf-8")) if found else {}


def until(seen: Callable[[], object], missing: str) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, missing
        time.sleep(0.1)


def kept(folder: Path) -> list[str]:
    """What corrections in the record made of cells."""
    return [edit["after"] for correction in record(folder).get("corrections", []) for edit in correction["edits"]]


def test_a_correction_typed_in_a_browser_ends_in_the_record(address: str, browser, folder: Path) -> None:
    """What is typed waits in the app for what it leads to: only that the document is open must be waited for."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.get(address)
    until(lambda: browser.find_elements(By.CSS_SELECTOR, ".xterm-screen"), "no terminal in the page")
    until(lambda: list(folder.glob("records/*.lock")), "the document was never open")
    screen = browser.find_element(By.CSS_SELECTOR, ".xterm-screen")
    ActionChains(browser).move_to_element_with_offset(screen, 0, 4 - screen.size["height"] // 2).click().perform()
    ActionChains(browser).send_keys("2e").perform()
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("u").key_up(Keys.CONTROL).perform()
    ActionChains(browser).send_keys("679.72", Keys.ENTER, "w").perform()
    until(lambda: "679.72" in kept(folder), "what was typed never came into the record")
    assert record(folder)["corrections"][0]["by"] == "lw"
