"""The box that shows how an open chord can go on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from workbench.tui.drawing.display import fit, shown, width


class WhichKey(Static):
    """Continuations of a chord in columns, above the status line; hidden while no chord is open.

    It makes room for itself: where a widget lies over others, Textual cuts its lines at their edges and loses the wide
    characters that are cut in two.
    """

    DEFAULT_CSS = """
    WhichKey { display: none; height: auto; max-height: 12; padding: 0 1; background: $wb-selected; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Stand above the status line, wherever the screen names this box."""
        self.screen.move_child(self, before=self.screen.query_one("#status"))

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, pending: str, rest: Sequence[tuple[str, str]]) -> None:
        """Show what may follow `pending`: (keys, title) each."""
        cells = [shown(f"{keys:>3}  {title}") for keys, title in sorted(rest)]
        size = max((width(cell) for cell in cells), default=10) + 3
        columns = max((self.app.size.width - 4) // size, 1)
        rows = -(-len(cells) // columns)
        lines = [
            "".join(
                fit(cells[row + column * rows], size) for column in range(columns) if row + column * rows < len(cells)
            )
            for row in range(rows)
        ]
        self.update(Text("\n".join([shown(f"{pending} …"), *lines])))
        self.display = True
