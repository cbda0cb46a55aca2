"""Help for the focused pane: what its keys do, and what the signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from workbench.config.commands import CONTEXTS, Command, command
from workbench.config.keymap import Keymap
from workbench.config.messages import Phrasebook
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import fit, shown, sign, width
from workbench.tui.keys.names import key_name
from workbench.tui.keys.sequence import key_label
from workbench.tui.screens.reader import ReaderScreen
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.text_pane import Paragraph, paragraph

_OTHER_SIGNS = (
    ("=", "sign.total"), ("+-", "sign.part"), ("▸", "sign.here"), ("∙", "sign.lit"), ("→", "sign.fix"), ("‹›", "sign.more"),
)  # fmt: skip
"""Signs that are no states, and what they say."""
_SIGNS = (
    glyphs.FAILING, glyphs.SUSPECT, glyphs.CORRECTED, glyphs.SETTLED, glyphs.FLAGGED, glyphs.INFERRED, glyphs.STALE,
)  # fmt: skip


class HelpScreen(ReaderScreen):
    """The commands that can be heard here, by scope, with their keys."""

    def __init__(self, context: str, offers: Sequence[tuple[Command, str]]) -> None:
        super().__init__("", ())
        self._for_context = context
        self._offers = tuple(offers)
        self.search_asked = False
        """Whether it was left to search the commands."""

    def on_mount(self) -> None:
        keys = [
            key_label(key) for name in ("app.palette", "search.open") for key in self.workbench.keymap.keys(name)[:1]
        ]
        self._title = self.say_in("help.title", keys=" ".join(keys))
        self._paragraphs = tuple(_help_paragraphs(self.say_in, self.workbench.keymap, self._for_context, self._offers))
        super().on_mount()

    async def on_key(self, event: events.Key) -> None:
        """The key that searches elsewhere searches the commands here."""
        if key_name(event) in self.workbench.keymap.keys("search.open"):
            event.stop()
            await self.action_app_palette()
        else:
            await super().on_key(event)

    async def action_app_palette(self) -> None:
        self.search_asked = True
        self.dismiss()


def _help_paragraphs(
    say: Phrasebook, keymap: Keymap, context: str, offers: Sequence[tuple[Command, str]]
) -> list[Paragraph]:
    """Help as paragraphs: what is pressed most, then the other commands by scope, nearest first, then the signs."""
    paragraphs: list[Paragraph] = []
    commands = [offered.id for offered, _ in offers]
    labels = {identifier: " ".join(key_label(key) for key in keymap.keys(identifier)) for identifier in commands}
    size = min(max((width(shown(label)) for label in labels.values()), default=4), 18)
    most = [c.id for c, off in sorted(offers, key=lambda offer: offer[0].bar) if c.bar and labels[c.id] and not off]
    groups = [(say("help.most"), most)]
    for scope in CONTEXTS[context]:
        groups.append((say(f"scope.{scope}"), [i for i in commands if command(i).scope == scope and i not in most]))
    for title, listed in groups:
        if not listed:
            continue
        paragraphs.append(paragraph(title, "accent", bold=True))
        for identifier in listed:
            known = command(identifier)
            spans = (
                Span("  " + fit(shown(labels[identifier]), size) + "  ", "accent"),
                Span(say.of(known.title) + "  ", bold=True),
                Span(say.of(known.help), "quiet"),
            )
            paragraphs.append(Paragraph(spans, indent=size + 4))
        paragraphs.append(paragraph(""))
    paragraphs.append(paragraph(say("help.signs"), "accent", bold=True))
    for look in _SIGNS:
        paragraphs.append(Paragraph((Span(f"  {sign(look.sign)}  ", look.role, bold=True), Span(say(look.word)))))
    for signs, word in _OTHER_SIGNS:
        drawn = fit("".join(map(sign, signs)), 3)
        paragraphs.append(Paragraph((Span(f"  {drawn}", "accent", bold=True), Span(say(word)))))
    return paragraphs
