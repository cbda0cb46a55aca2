"""The report over injected slips prints a line for each number of slips, and for each kind when asked."""

from __future__ import annotations

import sys

import pytest

from tests.injector import report


@pytest.mark.parametrize("density", ["sparse", "rules"])
def test_the_report_gives_rates_by_kind(
    density: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["report", "--documents", "3", "--slips", "1", "2", "--by-kind", "--density", density]
    monkeypatch.setattr(sys, "argv", arguments)
    report.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "slips",
        "visible",
        "rank",
        "1",
        "top",
        "3",
        "exact",
        "safe",
        "wrong",
        "safe",
        "ms",
        "p50",
        "ms",
        "p99",
    ]
    assert [line.split()[:2] for line in lines[1:] if not line.startswith("  ")] == [["1", "3"], ["2", "6"]]
    assert any(line.startswith("  ") for line in lines)
