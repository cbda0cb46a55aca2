"""A list that fills while documents are looked through one after another, which may be stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from typing import TypeVar

from textual.worker import Worker, get_current_worker

from workbench.tui.screens.list_screen import ListScreen

_Found = TypeVar("_Found")


class LookingThrough(ListScreen):
    """A list of what is found in documents."""

    def __init__(self) -> None:
        super().__init__()
        self._search: Worker[None] | None = None

    @property
    def searching(self) -> bool:
        """Whether documents are still coming in."""
        return self._search is not None

    def look_through(self, find: Callable[[], Generator[_Found, None, None]], came: Callable[[_Found], None]) -> None:
        """Find away from the screen; `came` takes in what was found in each document."""
        self._search = self.run_worker(partial(self._look, find, came), thread=True, group="search", exclusive=True)

    def _look(self, find: Callable[[], Generator[_Found, None, None]], came: Callable[[_Found], None]) -> None:
        worker, app = get_current_worker(), self.app
        with closing(find()) as found:
            for outcome in found:
                if worker.is_cancelled:
                    return
                app.call_from_thread(came, outcome)
        app.call_from_thread(self._looked_through)

    def _looked_through(self) -> None:
        self._search = None
        self.redraw_soon()

    def stop_searching(self) -> bool:
        """Look no further; False where everything was looked through."""
        if self._search is None:
            return False
        self._search.cancel()
        self._search = None
        self.redraw()
        self.tell(self.say_in("group.stopped"), "suspect")
        return True
