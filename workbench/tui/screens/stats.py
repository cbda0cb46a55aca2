"""Statistics of the workspace where looking beats reading: how far it is, how fast it goes, where the errors are."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from workbench.config.messages import Phrasebook
from workbench.model.check import Outcome
from workbench.review.document_figures import DocumentFigures
from workbench.review.statistics import Statistics, statistics_of
from workbench.review.statistics_words import Row, Section, sections, summary_words
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import fit, shown, sign, width
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.text_pane import Paragraph, TextPane, paragraph

if TYPE_CHECKING:
    from workbench.records.index import RecordSummary

_LEAST_BAR = 8
_MOST_BAR = 60


class StatsScreen(CommandScreen[None]):
    """Sections of bars; what the records say comes in as soon as they are read."""

    CSS = "StatsScreen TextPane { padding: 1 2; }"

    def __init__(self, entries: Sequence[QueueEntry]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._records: Sequence[RecordSummary] = ()

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield TextPane(id="text")
        yield Bar(id="status")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(TextPane))
        self.redraw()
        self.tell(self.say_in("stats.reading"), "quiet")
        self._read_records()

    @work(group="statistics", exclusive=True)
    async def _read_records(self) -> None:
        self._records = await asyncio.to_thread(self.workbench.workspace.summaries)
        self.tell("")
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    @property
    def figures(self) -> Statistics:
        """What is shown, as figures."""
        return statistics_of(
            [figures for entry in self._entries if (figures := figures_now(entry)) is not None],
            [record for record in self._records if self._is_of_the_set(record)],
            sum(entry.reading is Reading.FAILED for entry in self._entries),
        )

    def _is_of_the_set(self, record: RecordSummary) -> bool:
        """Whether a record is about one of the documents: others may keep theirs in the same folder."""
        return any(record.sha256 == entry.sha256 or record.path == entry.record for entry in self._entries)

    def redraw(self) -> None:
        say = self.say_in
        self.query_one("#title", Bar).show((Span(f" {say('stats.title')} ", "accent", bold=True),))
        room = max(self.app.size.width - 6, 30)
        self.query_one(TextPane).show(_stats_paragraphs(self.figures, _outcomes(self._entries), say, room))
        super().redraw()

    def action_app_back(self) -> None:
        self.dismiss(None)


def figures_now(entry: QueueEntry) -> DocumentFigures | None:
    """The figures of a document as the queue knows it now; None before it is read."""
    if entry.figures is None:
        return None
    return replace(entry.figures, status=entry.status, open=entry.open, deferred=entry.deferred, settled=entry.settled)


def _outcomes(entries: Iterable[QueueEntry]) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    for entry in entries:
        outcomes.update(dict(entry.outcomes))
    return outcomes


def _stats_paragraphs(figures: Statistics, outcomes: Counter[Outcome], say: Phrasebook, room: int) -> list[Paragraph]:
    """The statistics as paragraphs of at most `room` cells."""
    parts = [paragraph(line, bold=number == 1) for number, line in enumerate(summary_words(figures, say))]
    parts.append(_progress(figures, room))
    parts.append(paragraph(""))
    checks = tuple(
        Row(f"{sign(look.sign)} {say(look.word)}", outcomes[outcome], role=look.role)
        for outcome, look in glyphs.OUTCOME.items()
        if outcomes[outcome]
    )
    for section in [*sections(figures, say), *([Section(say("stats.outcomes"), checks)] if checks else [])]:
        parts += _chart(section, room)
    return parts


def _progress(figures: Statistics, room: int) -> Paragraph:
    """One bar of all findings: settled, put off, open."""
    total = figures.open + figures.settled
    cells = min(room, _MOST_BAR)
    settled = cells * figures.settled // total if total else cells
    later = cells * figures.deferred // total if total else 0
    return Paragraph(
        (
            Span(sign("▪") * settled, "settled"),
            Span(sign("▫") * later, "quiet"),
            Span(sign("∙") * (cells - settled - later), "suspect"),
        )
    )


def _chart(section: Section, room: int) -> list[Paragraph]:
    most = max(row.figure for row in section.rows) or 1
    figures = [_figure(row.figure) for row in section.rows]
    label_room = min(max(width(shown(row.label)) for row in section.rows), room // 3)
    figure_room = max(map(len, figures))
    text_room = max(width(shown(row.text)) for row in section.rows)
    left = room - label_room - figure_room - 5
    full = min(max(left - text_room, _LEAST_BAR), _MOST_BAR)
    parts = [paragraph(section.title, "accent", bold=True)]
    for row, figure in zip(section.rows, figures, strict=True):
        length = max(int(full * row.figure / most), 1) if row.figure else 0
        bar = sign("▪") * length
        spans = [
            Span(f"  {fit(shown(row.label), label_room)} "),
            Span(f"{figure:>{figure_room}} ", row.role, bold=True),
            Span(bar, row.role),
        ]
        if row.text:
            spans.append(Span(" " * (full - length + 1) + row.text, "quiet"))
        parts.append(Paragraph(tuple(spans), indent=label_room + figure_room + 4))
    parts.append(paragraph(""))
    return parts


def _figure(figure: float) -> str:
    return f"{figure:,}" if isinstance(figure, int) else f"{figure:,.1f}"
