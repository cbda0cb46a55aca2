"""Searching on the review screen: text in the tables and in the source, one place after another."""

from __future__ import annotations

from collections.abc import Callable

from workbench.model.table import CellRef
from workbench.tui.models.hits import match_at
from workbench.tui.models.searching import Place, Sought, places_of, printed_at
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.review.panes import Panes
from workbench.tui.widgets.source_strips import Light


class Searching(Panes):
    """The commands that search."""

    def show_document(self) -> None:
        super().show_document()
        if self._begin_at is not None:
            self.go_to_found(*self._begin_at)
            self._begin_at = None

    def go_to_found(self, place: Place, text: str) -> None:
        """Go to a place where the document was found to have a text; the other places are searched for too."""
        self._search(text, Sought.typed(text))
        if self.look.matches:
            self._go_to_match(match_at(place, self.look.matches, self.state.document))

    async def action_search_open(self) -> None:
        text = await ask(self, self.say_in("prompt.search"), self.look.search, replaced=True)
        if text is not None:
            self._search(text, Sought.typed(text))
            if self.look.matches:
                self._go_to_match(self._first_match())

    def action_search_same(self) -> None:
        """Go to the next place that has what the cell under the cursor has."""
        here = self.ref()
        if here is None:
            return
        document = self.state.document
        self._search(document.cell(here).text, Sought.like(document, here))
        others = [match for match in self.look.matches if match != here]
        if others:
            self._go_to_match(self._first_match() + (here in self.look.matches))
        else:
            self.tell(self.say_in("review.search_nowhere_else", text=self.look.search), "quiet")
            self.look.search, self.look.matches = "", []

    def _search(self, text: str, sought: Sought) -> None:
        models = (self.model(identifier) for identifier in self.grid_ids())
        self.look.search = text
        self.look.matches = places_of(sought, self.state.document, models)
        self.look.match = -1
        if text.strip() and not self.look.matches:
            self.tell(self.say_in("review.search_none", text=text), "suspect")

    def _first_match(self) -> int:
        """The match under the cursor, else the first that is printed behind it, else the first of all."""
        here, matches = self.ref(), self.look.matches
        if here is None or here in matches:
            return 0 if here is None else matches.index(here)
        document = self.state.document
        at = printed_at(document, here)
        return next((index for index, match in enumerate(matches) if printed_at(document, match) >= at), 0)

    def _go_to_match(self, index: int) -> None:
        self.look.match = index % len(self.look.matches)
        match = self.look.matches[self.look.match]
        if isinstance(match, CellRef):
            self.go_to_cell(match)
            self.draw_place()
        else:
            self.source.light([Light(match, "lit-strong")], match)
            self.show_status()

    def action_search_next(self) -> None:
        self._go_to_match(self.look.match + 1)

    def action_search_previous(self) -> None:
        self._go_to_match(self.look.match - 1)

    def reasons(self) -> dict[str, Callable[[], str]]:
        """Why commands of this part are off, by command."""
        say = self.say_in

        def no_search() -> str:
            return "" if self.look.matches else say("off.no_search")

        def blank() -> str:
            here = self.ref()
            if here is None:
                return say("off.no_cell")
            return "" if self.state.document.cell(here).text.strip() else say("off.blank_cell")

        return {"search.next": no_search, "search.previous": no_search, "search.same": blank}
