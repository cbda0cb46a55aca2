"""The report over injected slips prints a line for each number of slips, and for each kind when asked."""

from __future__ import annotations

import sys

import pytest

from tests.injector import report


@pytest.mark.parametrize("density", ["sparse", "rules"])
def test_the_report_gives_rates_by_kind(
    density: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["report", "--documents", "3", "--slips", "1", "2", "--by-kind", "--intervals", "--density", density]
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
    assert [line for line in lines if line.startswith("  of ") and "wrong of" in line]


def test_an_interval_holds_its_rate_and_shrinks_with_the_count() -> None:
    low, high = report.between(95, 100)
    assert low < 95 < high
    narrow = report.between(950, 1000)
    assert low < narrow[0] < 95 < narrow[1] < high
    assert report.between(0, 400)[0] == pytest.approx(0)
    assert 0 < report.between(0, 400)[1] < 1
    assert report.between(0, 0) == (0.0, 100.0)
