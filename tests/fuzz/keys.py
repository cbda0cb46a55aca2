"""Keys pressed at random: `python -m tests.fuzz.keys --runs 40 --keys 400 --seed 1`.

The app runs on two samples while keys of its keymap, letters, figures and marks that a parser could take for its own
are pressed at random, and the window changes its size. It must not fall; and what it left on the disk,
opened again, must be what was last shown.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT
from tests.tui.driving import Driver, running
from workbench.config.keymap import Keymap, load_keymap
from workbench.model.table import Document
from workbench.pipeline import Analysis, analyse
from workbench.records.codec.record import decode, encode
from workbench.review import ReviewSession
from workbench.tui.screens.review.screen import ReviewScreen

SAMPLES = ("shixi_medical_insurance_2022.txt", "donglin_agriculture_2020.pdf")
KEYMAPS = ("default", "vim", "emacs", "spreadsheet")
SIZES = ((80, 24), (120, 40), (200, 55), (60, 12), (20, 5))
LEFT_OUT = frozenset({"cell.edit_external", "app.quit"})
"""One hands the terminal to another program, the other ends the run."""
TYPED = "0123456789.-,[]/@=\\中合计。"


def keys_of(keymap: Keymap) -> list[tuple[str, ...]]:
    """Every key and chord of a keymap but those left out, as single presses."""
    return [
        tuple(sequence.split(" "))
        for command, keys in keymap.bindings.items()
        if command not in LEFT_OUT
        for sequence in keys
    ]


Grids = tuple[tuple[tuple[str, ...], ...], ...]


def grids_of(document: Document) -> Grids:
    """All tables as texts."""
    return tuple(
        tuple(tuple(cell.text for cell in row) for row in (*table.header, *table.rows)) for table in document.tables
    )


async def run(seed: int, count: int, analyses: list[Analysis], folder: Path, pressed: list[str]) -> dict[str, Grids]:
    """One run, `pressed` filled with what was pressed; returns the tables of the document that was open at its end."""
    chance = random.Random(seed)
    keymap = load_keymap(chance.choice(KEYMAPS))
    chords = keys_of(keymap)
    async with running(
        analyses, folder, keymap=keymap, language=chance.choice(("en", "zh")), size=chance.choice(SIZES[:3])
    ) as driver:
        await driver.press("enter")
        while len(pressed) < count and driver.app.is_running:
            await _act(driver, chance, chords, pressed)
        await driver.settle()
        open_screens = [screen for screen in driver.app.screen_stack if isinstance(screen, ReviewScreen)]
        return {str(screen.session.path): grids_of(screen.session.state.document) for screen in open_screens}


async def _act(driver: Driver, chance: random.Random, chords: list[tuple[str, ...]], pressed: list[str]) -> None:
    fate = chance.random()
    if fate < 0.01:
        size = chance.choice(SIZES)
        pressed.append(f"<{size[0]}x{size[1]}>")
        await driver.pilot.resize_terminal(*size)
    elif fate < 0.10:
        text = "".join(chance.choice(TYPED) for _ in range(chance.randint(1, 6)))
        pressed.append(repr(text))
        await driver.type(text)
    else:
        chord = chance.choice(chords)
        pressed.append(" ".join(chord))
        await driver.press(*chord)
    assert driver.app.size.height == len(driver.lines)


def left_on_disk(analyses: list[Analysis], folder: Path, shown: dict[str, Grids]) -> None:
    """Every record is written as it is read, and opens with what was last shown."""
    for path in folder.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert encode(decode(text, str(path))) == text
    for analysis in analyses:
        with ReviewSession.open(
            analysis.path, records=folder, reviewer="r", analysis=analysis, steal_lock=True
        ) as session:
            assert not session.state.differences
            assert not session.state.stale
            grids = grids_of(session.state.document)
            assert shown.get(str(session.path), grids) == grids


def main() -> int:
    """Runs as told; prints what was pressed in a run that fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    analyses = [analyse(ROOT / "sample_docs" / name) for name in SAMPLES]
    failed = 0
    for seed in range(options.seed, options.seed + options.runs):
        pressed: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            try:
                shown = asyncio.run(run(seed, options.keys, analyses, Path(folder), pressed))
                left_on_disk(analyses, Path(folder), shown)
            except Exception as error:  # noqa: BLE001  that is what is looked for
                failed += 1
                print(f"seed {seed}: {type(error).__name__}: {error}\n  {' | '.join(pressed[-40:])}", file=sys.stderr)
    print(f"{options.runs} runs of {options.keys} keys, {failed} fell")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
