# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""Statistics of the workspace where looking beats reading: documents by status, findings by rule, checks by outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from textual.app import ComposeResult

from workbench.config.messages import Phrasebook
from workbench.model.check import Outcome
from workbench.tui import glyphs
from workbench.tui.display import fit, shown, sign, width
from workbench.tui.queue_model import QueueEntry, Reading
from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.text_pane import Paragraph, TextPane, paragraph
from workbench.tui.wording import look_of, rule_words

_MOST_BARS = 20


class StatsScreen(CommandScreen[None]):
    """Bars of cells, widest first."""

    CSS = "StatsScreen TextPane { padding: 1 3; }"

    def __init__(self, entries: Sequence[QueueEntry]) -> None:
        super().__init__()
        self._entries = tuple(entries)

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield TextPane(id="text")
        yield Bar(id="status")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        self.query_one(TextPane).focus()
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    def redraw(self) -> None:
        say = self.say_in
        self.query_one("#title", Bar).show((Span(f" {say('stats.title')} ", "accent", bold=True),))
        self.query_one(TextPane).show(stats_paragraphs(self._entries, say, max(self.app.size.width - 8, 30)))
        super().redraw()

    def action_app_back(self) -> None:
        self.dismiss(None)


def stats_paragraphs(entries: Iterable[QueueEntry], say: Phrasebook, room: int) -> list[Paragraph]:
    """The statistics as paragraphs of at most `room` cells."""
    listed = list(entries)
    read = [entry for entry in listed if entry.reading is Reading.READ]
    looks = Counter(look_of(entry) for entry in listed)
    rules: Counter[str] = Counter()
    outcomes: Counter[Outcome] = Counter()
    for entry in read:
        rules.update(dict(entry.findings_by_rule))
        outcomes.update(dict(entry.outcomes))
    opened, settled = sum(entry.open for entry in read), sum(entry.settled for entry in read)
    progress = [(say("state.open"), opened, "suspect"), (say("state.settled"), settled, "settled")]
    parts = _chart(say("stats.progress"), progress, room)
    parts += _chart(
        say("stats.documents"),
        [(f"{sign(look.sign)} {say(look.word)}", count, look.role) for look, count in looks.most_common()],
        room,
    )
    parts += _chart(
        say("stats.rules"),
        [(rule_words(name, say), count, "failing") for name, count in rules.most_common(_MOST_BARS)],
        room,
    )
    parts += _chart(
        say("stats.outcomes"),
        [
            (f"{sign(look.sign)} {say(look.word)}", outcomes[outcome], look.role)
            for outcome, look in glyphs.OUTCOME.items()
            if outcomes[outcome]
        ],
        room,
    )
    return parts


def _chart(title: str, bars: Sequence[tuple[str, int, str]], room: int) -> list[Paragraph]:
    if not bars:
        return []
    most = max(count for _, count, _ in bars) or 1
    label_room = min(max(width(shown(label)) for label, _, _ in bars), room // 3)
    figure_room = len(f"{most:,}")
    full = max(room - label_room - figure_room - 4, 5)
    parts = [paragraph(title, "accent", bold=True)]
    for label, count, role in bars:
        length = max(full * count // most, 1) if count else 0
        parts.append(
            Paragraph(
                (
                    Span(f"  {fit(shown(label), label_room)} "),
                    Span(f"{count:>{figure_room},} ", role, bold=True),
                    Span(sign("▪") * length, role),
                )
            )
        )
    parts.append(paragraph(""))
    return parts
