"""The review screen: source, table and findings of one document in step with each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.tui.screens.review.picture import PagePictures
from workbench.tui.screens.review.structure import Structure


class ReviewScreen(PagePictures, Structure):
    """One document under review. Its commands are in the parts it is made of: navigation, pictures of pages, deciding,
    editing, structure; its state and drawing in `ReviewBase`."""

    _reasons: dict[str, Callable[[], str]] | None = None

    def why_not(self, identifier: str) -> str:
        if self._reasons is None:
            self._reasons = self.reasons()
        reason = self._reasons.get(identifier)
        return reason() if reason is not None else super().why_not(identifier)

    def exported(self) -> list[Path]:
        return [self.entry.path]

    async def action_app_export(self) -> None:
        """Export what is on disk: what was done so far is written first."""
        await self.save_at_once()
        await super().action_app_export()

    async def action_app_back(self) -> None:  # type: ignore[override]  # waits for the record to be written
        """Leave a selection, an equation, a search, a kind of findings, then the document."""
        if self.grid.anchor_cell is not None:
            self.grid.toggle_selection()
        elif self.picture is not None:
            self.close_picture()
        elif self.look.equation is not None:
            self.look.equation = None
            self.draw_place()
        elif self.look.matches:
            self.look.search, self.look.matches = "", []
            self.draw_place()
        elif not self.list_all_findings():
            self._tell_queue()
            await self.close_session()
            self.dismiss(None)
