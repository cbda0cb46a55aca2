"""Going back and forward between the places of jumps, from document to document, and from cell to cell of a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.config.commands import Command
from workbench.model.check import Finding
from workbench.tui.memory.jumps import Place
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.screens.hits import search_documents
from workbench.tui.screens.opening import open_session
from workbench.tui.screens.review.base import Look
from workbench.tui.screens.review.search import Searching


class Jumping(Searching):
    """The commands that go where the reviewer was, or to another document."""

    _spread_of: tuple[Finding, bool] | None = None

    # back and forward

    async def action_jump_back(self) -> None:
        await self._jump(-1)

    async def action_jump_forward(self) -> None:
        await self._jump(1)

    async def _jump(self, direction: int) -> None:
        while (place := self.jumps.go(direction, self.place_now())) is not None:
            if await self._show_place(place):
                return
        self.tell(self.say_in("off.no_jump"))

    async def _show_place(self, place: Place) -> bool:
        """Show a place, in whatever document it is; False where it is no more."""
        if place.entry != self.entry.key:
            entry = self.workbench.entries.get(place.entry)
            if entry is None or not await self._open_instead(entry):
                return False
        if place.grid not in self.grid_ids():
            return False
        self.look.grid = place.grid
        self.look.cursors[place.grid] = (place.row, place.column)
        self.look.by_finding, self.look.equation = False, None
        self.draw_place()
        return True

    # documents

    async def _open_instead(self, entry: QueueEntry) -> bool:
        """Put another document in the place of this one."""
        session = await open_session(self, entry)
        if session is None:
            return False
        await self.close_session()
        self.session, self.entry = session, self.workbench.entries.get(entry.key, entry)
        self.look = Look()
        self.show_document()
        return True

    def _documents_from_here(self, direction: int) -> list[QueueEntry]:
        """The other documents of the queue that can be opened, in the order in which one comes to them."""
        keys = self.queue_keys
        position = keys.index(self.entry.key) if self.entry.key in keys else 0
        around = [keys[(position + direction * step) % len(keys)] for step in range(1, len(keys))]
        entries = (self.workbench.entries.get(key) for key in around)
        return [entry for entry in entries if entry is not None and entry.reading is Reading.READ]

    async def _open_first(self, entries: Sequence[QueueEntry]) -> None:
        for entry in entries:
            here = self.place_now()
            if await self._open_instead(entry):
                if here is not None:
                    self.jumps.leave(here)
                return

    def _waiting_from_here(self) -> list[QueueEntry]:
        return [entry for entry in self._documents_from_here(1) if entry.waits]

    async def action_document_next(self) -> None:
        if waiting := self._waiting_from_here():
            await self._open_first(waiting)
        else:
            self.tell(self.workbench.none_waits(set(self.queue_keys)), "settled")

    async def action_document_previous(self) -> None:
        await self._open_first(self._documents_from_here(-1))

    async def action_search_everywhere(self) -> None:
        """Search the documents of the queue, and go to the place that is chosen."""
        entries = [entry for key in self.queue_keys if (entry := self.workbench.entries.get(key)) is not None]
        chosen = await search_documents(self, entries, typed=self.look.search)
        if chosen is None:
            return
        hit, text = chosen
        here, entry = self.place_now(), self.workbench.entries.get(hit.entry)
        if hit.entry == self.entry.key or (entry is not None and await self._open_instead(entry)):
            self.go_to_found(hit.place, text)
            if here is not None:
                self.jumps.leave(here)

    # the cells of a finding

    def action_finding_cell_next(self) -> None:
        self._step_finding_cell(1)

    def action_finding_cell_previous(self) -> None:
        self._step_finding_cell(-1)

    def _step_finding_cell(self, direction: int) -> None:
        """Go on to another cell of the finding, in whatever table it is; the finding stays the subject."""
        item = self.finding()
        if item is None:
            return
        cells, here = item.finding.cells, self.ref()
        at = cells.index(here) if here in cells else -1 if direction > 0 else 0
        for step in range(1, len(cells) + 1):
            number = (at + direction * step) % len(cells)
            if self.go_to_cell(cells[number], by_finding=True, remember=step == 1):
                self.draw_place()
                self.tell(self.say_in("review.finding_cell", number=number + 1, total=len(cells)), "quiet")
                return

    def _spreads(self, finding: Finding) -> bool:
        """Whether a finding speaks of several tables; kept for the one that is looked at."""
        if self._spread_of is None or self._spread_of[0] is not finding:
            tables = {term.ref.table for result in finding.results for term in result.check.terms}
            self._spread_of = (finding, len(tables) > 1)
        return self._spread_of[1]

    def bar_rank(self, candidate: Command) -> int:
        """As listed, but that the way to the other cells of a finding stands there only where they are in another table
        or in the text, out of sight."""
        if candidate.id == "finding.cell_next":
            item = self.finding()
            return candidate.bar if item is not None and item.open and self._spreads(item.finding) else 0
        return super().bar_rank(candidate)

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def several_cells() -> str:
            item = self.finding()
            if item is None:
                return say("off.no_finding")
            # Not by its cells: a column sum may have thousands, and this is asked whenever the keys are drawn.
            first = item.finding.check.terms[:1]
            refs = (term.ref for result in item.finding.results for term in result.check.terms)
            return "" if any(ref != first[0].ref for ref in refs) else say("off.one_cell")

        def one_document() -> str:
            return "" if len(self.queue_keys) > 1 else say("queue.no_more_open")

        return super().reasons() | {
            "jump.back": lambda: "" if self.jumps.can_go(-1) else say("off.no_jump"),
            "jump.forward": lambda: "" if self.jumps.can_go(1) else say("off.no_jump"),
            "finding.cell_next": several_cells,
            "finding.cell_previous": several_cells,
            "document.next": one_document,
            "document.previous": one_document,
        }
