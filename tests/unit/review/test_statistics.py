"""The figures of a workspace, worked out by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.tui.made_up import analysis, three_documents
from workbench.config.messages import Phrasebook
from workbench.config.settings import Settings
from workbench.model.record import ReviewStatus, Verdict
from workbench.records.index import RecordSummary, Step, read_index, summary_for
from workbench.review import ReviewSession
from workbench.review.document_figures import figures_of, with_summary
from workbench.review.statistics import statistics_of
from workbench.review.statistics_words import sections, summary_words
from workbench.tui.models.queue import entry_of
from workbench.tui.models.workspace import FolderWorkspace
from workbench.tui.screens.stats import figures_now

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


def step(by: str, what: str, minutes: float, finding: str = "", method: str = "") -> Step:
    return Step(MONDAY + timedelta(minutes=minutes), by, what, finding, method)


def summary(sha: str, *steps: Step, conflicts: int = 0, opened: int = 0) -> RecordSummary:
    verdicts = {}
    for taken in steps:
        if taken.what != "correction":
            verdicts[taken.what] = verdicts.get(taken.what, 0) + 1
    corrections = sum(taken.what == "correction" for taken in steps)
    return RecordSummary(
        Path(f"{sha}.toml"), f"{sha}.pdf", sha, "青禾县", 2024, ReviewStatus.IN_REVIEW, "李文", MONDAY, "", corrections,
        len(steps) - corrections, 0, opened, opened, conflicts, verdicts, steps=tuple(steps),
    )  # fmt: skip


DAY = 24 * 60
RECORDS = (
    summary(
        "a",
        step("李文", "correction", 0, method="total_from_parts"),
        step("李文", "source_error", 2, "row_sum:1"),
        step("李文", "waived", 6, "row_sum:2"),
        step("李文", "waived", 90, "column_sum:3"),
        step("王芳", "waived", DAY, "row_sum:1"),
        step("王芳", "waived", DAY + 1, "row_sum:2"),
        conflicts=1,
        opened=2,
    ),
    summary(
        "b", step("李文", "correction", DAY, method="manual"), step("李文", "deferred", DAY + 4, "row_sum:9"), opened=7
    ),
)


def test_pace_is_what_was_settled_on_the_days_of_work() -> None:
    figures = statistics_of([], RECORDS)
    assert figures.days == (("2025-03-03", 4), ("2025-03-04", 3))
    assert (figures.pace, figures.open, figures.days_left) == (3.5, 9, 3)


def test_a_finding_is_settled_once_however_often_it_was_ruled_on() -> None:
    ruled = summary(
        "a",
        step("李文", "waived", 0, "a:1"),
        step("李文", "source_error", 1, "a:1"),
        step("李文", "source_error", 2, "a:2"),
        step("李文", "deferred", 3, "a:2"),
        step("李文", "waived", 4, "a:3"),
        step("李文", "reopened", 5, "a:3"),
        step("李文", "correction", 6),
    )
    figures = statistics_of([], [ruled])
    assert figures.days == (("2025-03-03", 2),) and figures.reviewers[0].settled == 2


def test_reviewers_are_timed_without_their_breaks() -> None:
    first, second = statistics_of([], RECORDS).reviewers
    assert (first.name, first.documents, first.steps, first.settled) == ("李文", 2, 6, 5)
    assert (first.minutes, first.seconds, first.last) == (5.0, 240.0, "2025-03-04")
    assert (second.name, second.minutes, second.seconds) == ("王芳", 1.0, 60.0)


def test_what_one_key_did_takes_no_time_from_step_to_step() -> None:
    at_once = summary("a", *(step("李文", "waived", 0, f"a:{n}") for n in range(9)), step("李文", "waived", 2, "b:1"))
    (figures,) = statistics_of([], [at_once]).reviewers
    assert (figures.seconds, figures.minutes, figures.settled) == (120.0, 2.0, 10)


def test_two_rulings_on_a_finding_agree_or_not() -> None:
    figures = statistics_of([], RECORDS)
    assert (figures.ruled_twice, figures.agreed, figures.conflicts) == (2, 1, 1)
    assert summary_words(figures, Phrasebook("en"))[-1] == "1 conflict between reviewers, to be settled."


def test_rulings_and_corrections_are_told_apart() -> None:
    figures = statistics_of([], RECORDS)
    assert {r.rule: dict(r.counts) for r in figures.rulings} == {
        "row_sum": {"deferred": 1, "source_error": 1, "waived": 3},
        "column_sum": {"waived": 1},
    }
    assert dict(figures.corrections) == {"total_from_parts": 1, "manual": 1}


def test_how_findings_of_a_rule_were_ruled_is_told_in_words() -> None:
    said = {}
    for language in ("en", "zh"):
        found = {section.title: section for section in sections(statistics_of([], RECORDS), Phrasebook(language))}
        title = {"en": "rulings by rule", "zh": "按规则统计裁定"}[language]
        said[language] = [(row.label, row.figure, row.text) for row in found[title].rows]
    assert said == {
        "en": [("row sum", 5, "later 1, source is wrong 1, waived 3"), ("column sum", 1, "waived 1")],
        "zh": [("横向合计", 5, "稍后 1，原文有误 1，已豁免 3"), ("纵向合计", 1, "已豁免 1")],
    }


def test_error_rates_are_those_of_the_documents_as_they_were_read() -> None:
    documents = [figures_of(made) for made in three_documents()]
    figures = statistics_of(documents, (), unreadable=1)
    (year,) = figures.years
    assert (year.name, year.documents, year.with_findings) == ("2024", 3, 2)
    assert year.findings == figures.found == sum(count for _, count in figures.found_by_rule) == 3
    assert dict(figures.found_by_form) == {"expenditure_summary": 3}
    assert year.per_thousand == round(1000 * year.failing / year.checks, 1) > 0
    assert figures.pace is None and figures.days_left is None


def test_nothing_gives_figures_of_nothing() -> None:
    figures = statistics_of([], [])
    assert (figures.documents, figures.open, figures.settled, figures.pace) == (0, 0, 0, None)
    for language in ("en", "zh"):
        assert sections(figures, Phrasebook(language)) == []
        assert len(summary_words(figures, Phrasebook(language))) == 2


def test_the_screen_and_the_command_count_the_same(tmp_path: Path) -> None:
    made = analysis()
    with ReviewSession.open(made.path, records=tmp_path, reviewer="李文", analysis=made) as session:
        finding = session.state.open_findings[0]
        session.decide(finding.finding.id, Verdict.SOURCE_ERROR)
        session.save()
    workspace = FolderWorkspace((), Settings(records=str(tmp_path)))
    entry = workspace.with_record(entry_of(made))
    index = read_index(tmp_path)
    by_command = with_summary(figures_of(made), summary_for(tmp_path, made.path, made.document.source.sha256))
    assert figures_now(entry) == by_command
    assert by_command.settled == 1 and by_command.open == by_command.found - 1
    assert json.loads(json.dumps(statistics_of([by_command], index.records).as_json()))["settled"] == 1
