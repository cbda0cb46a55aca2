"""Milliseconds for the figures of a narrative of 50 kB:
`python -m pytest tests/bench/bench_narrative.py -m bench -s`."""

from __future__ import annotations

import time
import tomllib

import pytest

from tests.conftest import CASES
from workbench.model.source import Page
from workbench.tables.narrative.stated import stated_figures

NARRATIVES = CASES / "rules" / "regional_narratives.toml"
FILLER = "按照综合预算管理的要求，我单位认真履行职责，持续推进各项工作，提高服务质量和资金使用效益。\n"
SIZE = 50_000


@pytest.mark.bench
def test_narrative_of_fifty_kilobytes() -> None:
    text = tomllib.loads(NARRATIVES.read_text(encoding="utf-8"))["case"][0]["text"]
    text += FILLER * ((SIZE - len(text.encode())) // len(FILLER.encode()))
    seconds = []
    for _ in range(9):
        begin = time.process_time()
        figures = stated_figures([Page(1, text)], {})
        seconds.append(time.process_time() - begin)
    print(f"\n{len(text.encode())} bytes, {len(figures)} figures: {min(seconds) * 1000:.1f} ms")
    assert len(figures) > 50
