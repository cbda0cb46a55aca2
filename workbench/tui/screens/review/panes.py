"""The panes of the review screen: which has the focus, how large each is, what of the source is in sight."""

from __future__ import annotations

from workbench.tui.models.source_lines import Wrapping
from workbench.tui.screens.review.steps import Steps
from workbench.tui.widgets.pane import Pane

_LAYOUTS = ("", "stacked", "no-source")


class Panes(Steps):
    """The commands that arrange panes."""

    def _panes(self) -> list[Pane]:
        return [
            pane
            for pane in (self.source, self.grid, self.findings, self.detail)
            if pane.display and pane.parent is not None and pane.region.area
        ]

    def _step_focus(self, direction: int) -> None:
        panes = self._panes()
        if panes:
            position = panes.index(self.focused) if self.focused in panes else 0
            panes[(position + direction) % len(panes)].focus()

    def action_focus_next(self) -> None:
        self._step_focus(1)

    def action_focus_previous(self) -> None:
        self._step_focus(-1)

    def action_focus_source(self) -> None:
        self.source.focus()

    def action_focus_table(self) -> None:
        self.grid.focus()

    def action_focus_findings(self) -> None:
        self.findings.focus()

    def action_focus_detail(self) -> None:
        self.detail.focus()

    def action_view_zoom(self) -> None:
        names = {
            self.source: "zoom-source",
            self.grid: "zoom-table",
            self.findings: "zoom-findings",
            self.detail: "zoom-findings",
        }
        name = names.get(self.focused) if self.focused else None  # type: ignore[call-overload]  # keyed by pane
        zoomed = any(self.has_class(other) for other in names.values())
        for other in names.values():
            self.remove_class(other)
        if name and not zoomed:
            self.add_class(name)

    def action_view_layout(self) -> None:
        here = next((i for i, name in enumerate(_LAYOUTS) if name and self.has_class(name)), 0)
        for name in _LAYOUTS[1:]:
            self.remove_class(name)
        following = _LAYOUTS[(here + 1) % len(_LAYOUTS)]
        if following:
            self.add_class(following)
        if following == "no-source" and self.focused is self.source:
            self.grid.focus()

    def _widen(self, step: int) -> None:
        side = self.query_one("#source-side")
        total = max(self.app.size.width, 40)
        now = side.size.width or total * 2 // 5
        side.styles.width = max(16, min(now + step, total - 30))

    def action_view_wider(self) -> None:
        self._widen(-6)

    def action_view_narrower(self) -> None:
        self._widen(6)

    def action_source_wrap(self) -> None:
        modes = list(Wrapping)
        mode = modes[(modes.index(self.source.wrapping) + 1) % len(modes)]
        self.source.set_wrapping(mode)
        self.tell(self.say_in(f"review.wrap.{mode.value}"))

    def action_source_show(self) -> None:
        ref = self.ref()
        anchors = self.state.document.cell(ref).anchors if ref is not None else ()
        if anchors:
            self.remove_class("no-source")
            self.source.reveal(anchors[0])

    def _step_page(self, direction: int) -> None:
        pages = len(self.state.document.source.pages)
        self.source.go_to_page(max(1, min(self.source.page_in_sight() + direction, pages)))

    def action_page_next(self) -> None:
        self._step_page(1)

    def action_page_previous(self) -> None:
        self._step_page(-1)
