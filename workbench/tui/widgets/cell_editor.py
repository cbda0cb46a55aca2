"""The editor of one cell: a real text input laid over the cell, so that input methods work."""

from __future__ import annotations

from textual.geometry import Region
from textual.widget import Widget

from workbench.tui.drawing.display import shown, width
from workbench.tui.widgets.line_input import LineInput


class CellEditor(LineInput):
    """Hidden until a cell is edited. Keys that it does not take are commands of the scope `edit`."""

    def __init__(self) -> None:
        super().__init__(id="editor")
        self.display = False
        self.can_focus = False

    def open_at(self, region: Region, text: str, room: Region) -> None:
        """Edit `text` at a place of the screen, as wide as the text needs and `room` allows."""
        self.can_focus = True
        self.display = True
        self.place(region, text, room)
        self.value = text
        self.cursor_position = len(text)
        self.screen.set_focus(self)

    def place(self, region: Region, text: str, room: Region) -> None:
        """Lie over a place of the screen, as wide as `text` needs and `room` allows."""
        wanted = max(region.width + 2, width(shown(text)) + 4, 16)
        wide = min(wanted, room.width)
        x = max(room.x, min(region.x - 1, room.right - wide))
        self.styles.width = wide
        home = self.parent.content_region if isinstance(self.parent, Widget) else room
        self.styles.offset = (x - home.x, region.y - home.y)

    def close_editor(self) -> None:
        """Hide it again."""
        self.display = False
        self.can_focus = False
