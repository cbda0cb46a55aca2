"""What a reviewer should know of a document on opening it: what became of its record, and what is new since they had
it open last. It is said on the status line, and listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from workbench.config.refusals import refusal
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.memory.visits import News, digest_of, news_of
from workbench.tui.models.places import place_words, table_words
from workbench.tui.screens.review.history import History, Item
from workbench.tui.widgets.line_list import Piece
from workbench.tui.wording import edits_words


class Visiting(History):
    """The command that lists what is new, and the note of each visit."""

    def show_document(self) -> None:
        super().show_document()
        self.remarks = self.state.messages
        steps = [(action.at, action.by) for action in self.state.record.actions]
        visits, digest = self.workbench.visits, digest_of(self.state.printed)
        self.news = news_of(steps, digest, visits.last(self.entry.key), self.workbench.workspace.reviewer)
        if self.news is None:
            # A session that is cut off has been here too.
            visits.note(self.entry.key, datetime.now(UTC), digest)
        if self.remarks or self.news is not None:
            self.tell(self._words_on_opening(), "suspect" if self.remarks else "accent")
            self.show_keys()

    def _words_on_opening(self) -> str:
        """The remarks and what is new; where that is more than a sentence, the key that lists it."""
        say, parts = self.say_in, [refusal(self.say_in.of(remark), self.say_in.language) for remark in self.remarks]
        if self.news is not None:
            parts.append(say("news.since", what=self._news_words(self.news)))
        elif len(parts) == 1:
            return parts[0]
        return say("news.told", what=say.listed(parts), key=self._key("review.news"))

    def _news_words(self, news: News) -> str:
        parts = []
        if news.steps:
            parts.append(self.say_in("news.steps", count=news.steps, by=self.say_in.several(news.by)))
        if news.reread:
            parts.append(self.say_in("news.reread"))
        return self.say_in.listed(parts)

    async def close_session(self) -> None:
        await super().close_session()
        self.workbench.visits.note(self.entry.key, datetime.now(UTC), digest_of(self.state.printed))
        self._tell_queue()

    async def action_review_news(self) -> None:
        say = self.say_in
        items = [
            Item((Piece(""), Piece(""), Piece(""), Piece(refusal(say.of(remark), say.language), "suspect")))
            for remark in self.remarks
        ]
        title = say("picker.remarks")
        if self.news is not None:
            items += self._items(self.news)
            title = say("picker.news", since=f"{self.news.since.astimezone():%Y-%m-%d %H:%M}")
        await self.go_to_one_of(title, items)

    def _items(self, news: News) -> list[Item]:
        me = self.workbench.workspace.reviewer
        items = [
            self.step_item(action) for action in self.state.record.actions if action.by != me and action.at > news.since
        ]
        if not news.reread:
            return items
        say, document = self.say_in, self.state.document
        sign_of = (Piece(sign(glyphs.STALE.sign), "suspect"), Piece(""))
        for stale in self.state.stale:
            words = edits_words(stale.correction.edits, document, say)
            tail = Piece(f"{words}  {say.of(stale.reason)}", "suspect")
            items.append(Item((*sign_of, Piece(stale.correction.by, "quiet"), tail)))
        for difference in self.state.differences:
            ref, blank = difference.ref, say("detail.blank")
            place = table_words(document, ref.table, say) if ref.row < 0 else place_words(document, ref)
            change = say("review.changed", before=difference.recorded or blank, after=difference.now or blank)
            items.append(Item((*sign_of, Piece(""), Piece(say.about(place, change))), ref if ref.row >= 0 else None))
        if not self.state.differences and not self.state.stale:
            items.append(Item((*sign_of, Piece(""), Piece(say("news.reread_only")))))
        return items

    def reasons(self) -> dict[str, Callable[[], str]]:
        return super().reasons() | {
            "review.news": lambda: "" if self.remarks or self.news is not None else self.say_in("off.no_news"),
        }
