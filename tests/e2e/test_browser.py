"""The app in a headless browser: a correction is clicked to, typed, and ends in the record."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

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
        "documents",
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
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            break
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < end, "the server never answered"
            time.sleep(0.2)
    yield url
    server.terminate()
    server.wait(10)


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


def until_kept(folder: Path, after: str) -> dict:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        edits = [edit for correction in record(folder).get("corrections", []) for edit in correction["edits"]]
        if any(edit["after"] == after for edit in edits):
            return record(folder)
        time.sleep(0.3)
    raise AssertionError(f"{after} never came into the record: {record(folder)}")


def test_a_correction_typed_in_a_browser_ends_in_the_record(address: str, browser, folder: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.get(address)
    end = time.monotonic() + PATIENCE
    while not browser.find_elements(By.CSS_SELECTOR, ".xterm-screen"):
        assert time.monotonic() < end
        time.sleep(0.3)
    time.sleep(12)  # the documents are read; the terminal is a canvas, whose text cannot be waited for
    screen = browser.find_element(By.CSS_SELECTOR, ".xterm-screen")
    size = screen.size
    first_row = -size["height"] / 2 + 2.5 * size["height"] / max(round(size["height"] / 20), 1)
    ActionChains(browser).move_to_element_with_offset(screen, -size["width"] // 4, int(first_row)).click().perform()
    time.sleep(1)
    ActionChains(browser).send_keys(Keys.ENTER).pause(2).send_keys("2").pause(0.5).send_keys("e").pause(0.7).perform()
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("u").key_up(Keys.CONTROL).pause(0.3).perform()
    ActionChains(browser).send_keys("679.72").pause(0.3).send_keys(Keys.ENTER).pause(1.5).send_keys("w").pause(
        1
    ).perform()
    kept = until_kept(folder, "679.72")
    assert kept["corrections"][0]["by"] == "lw"
