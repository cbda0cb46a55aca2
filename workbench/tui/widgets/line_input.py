"""A line to type in. What is pasted over several lines becomes one, instead of losing all but the first."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from workbench.model.amount import FigureKind, read_figure


class LineInput(Input):
    """A text input of one line."""

    def __init__(self, value: str | None = None, *, id: str | None = None) -> None:
        super().__init__(value, id=id, select_on_focus=False)

    def _on_paste(self, event: events.Paste) -> None:
        """Take all of what is pasted, and not what Textual would make of it."""
        event.stop()
        event.prevent_default()
        text = _in_one_line(event.text)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)


def _in_one_line(text: str) -> str:
    """Lines as one: Chinese text and figures go on where the line broke or a TAB stood; words of letters are kept
    apart, and so are figures that do not make one figure together."""
    line = last = ""
    for piece in filter(None, (piece.strip() for piece in text.replace("\t", "\n").splitlines())):
        apart = (_is_letter(last[-1:]) and _is_letter(piece[0])) or _are_two_figures(last, piece)
        line += f" {piece}" if apart else piece
        last = piece
    return line


def _are_two_figures(first: str, second: str) -> bool:
    kinds = [read_figure(text).kind for text in (first, second, first + second)]
    return kinds[:2] == [FigureKind.NUMBER] * 2 and kinds[2] is not FigureKind.NUMBER


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
