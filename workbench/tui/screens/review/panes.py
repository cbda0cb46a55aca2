"""The panes of the review screen: which has the focus, how large each is, what of the source is in sight."""

from __future__ import annotations

from dataclasses import replace

from workbench.tui.memory.arrangement import Layout
from workbench.tui.models.source_lines import Wrapping
from workbench.tui.screens.review.steps import Steps
from workbench.tui.widgets.pane import Pane

_STEP = 6
"""Columns by which the parting between source and table moves, or half as many lines."""
_ZOOMED = ("zoom-source", "zoom-table", "zoom-findings")


class Panes(Steps):
    """The commands that arrange panes."""

    def on_mount(self) -> None:
        """The panes as the reviewer arranged them last."""
        self.source.set_wrapping(self.workbench.arrangement.now.wrapping)
        self._arrange()

    def _arrange(self) -> None:
        """Give the panes their places; what is alone on the screen has all of it."""
        arrangement = self.workbench.arrangement.now
        for layout in Layout:
            self.set_class(layout is arrangement.layout, layout.value)
        side, share = self.query_one("#source-side"), arrangement.share
        side.styles.width = side.styles.height = None
        if share is not None and not any(self.has_class(zoomed) for zoomed in _ZOOMED):
            if arrangement.layout is Layout.STACKED:
                side.styles.height = f"{share}%"
            else:
                side.styles.width = f"{share}%"

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
            self.set_focus(panes[(position + direction) % len(panes)])

    def action_focus_next(self) -> None:
        self._step_focus(1)

    def action_focus_previous(self) -> None:
        self._step_focus(-1)

    def action_focus_source(self) -> None:
        self.set_focus(self.source)

    def action_focus_table(self) -> None:
        self.set_focus(self.grid)

    def action_focus_findings(self) -> None:
        self.set_focus(self.findings)

    def action_focus_detail(self) -> None:
        self.set_focus(self.detail)

    def action_view_zoom(self) -> None:
        names = {
            self.source: "zoom-source",
            self.grid: "zoom-table",
            self.findings: "zoom-findings",
            self.detail: "zoom-findings",
        }
        name = names.get(self.focused) if self.focused else None  # type: ignore[call-overload]  # keyed by pane
        zoomed = any(self.has_class(other) for other in _ZOOMED)
        self.remove_class(*_ZOOMED)
        if name and not zoomed:
            self.add_class(name)
        self._arrange()

    def action_view_layout(self) -> None:
        layouts = list(Layout)
        now = self.workbench.arrangement.now
        following = layouts[(layouts.index(now.layout) + 1) % len(layouts)]
        self.workbench.arrangement.change(replace(now, layout=following))
        if following is Layout.NO_SOURCE and self.focused is self.source:
            self.set_focus(self.grid)
        self._arrange()

    def _widen(self, direction: int) -> None:
        """Move the parting between source and table by a step."""
        side, upper = self.query_one("#source-side"), self.query_one("#upper")
        stacked = self.workbench.arrangement.now.layout is Layout.STACKED
        now, room = (side.size.height, upper.size.height) if stacked else (side.size.width, upper.size.width)
        step = direction * (_STEP // 2 if stacked else _STEP)
        self.workbench.arrangement.change(self.workbench.arrangement.now.with_share(100 * (now + step) / max(room, 1)))
        self._arrange()

    def action_view_wider(self) -> None:
        self._widen(-1)

    def action_view_narrower(self) -> None:
        self._widen(1)

    def action_source_wrap(self) -> None:
        modes = list(Wrapping)
        mode = modes[(modes.index(self.source.wrapping) + 1) % len(modes)]
        self.workbench.arrangement.change(replace(self.workbench.arrangement.now, wrapping=mode))
        self.source.set_wrapping(mode)
        self.tell(self.say_in(f"review.wrap.{mode.value}"))

    def action_source_show(self) -> None:
        ref = self.ref()
        anchors = self.state.document.cell(ref).anchors if ref is not None else ()
        if anchors:
            self.remove_class(Layout.NO_SOURCE.value)
            self.source.reveal(anchors[0])

    def _step_page(self, direction: int) -> None:
        pages = len(self.state.document.source.pages)
        self.source.go_to_page(max(1, min(self.source.page_in_sight() + direction, pages)))

    def action_page_next(self) -> None:
        self._step_page(1)

    def action_page_previous(self) -> None:
        self._step_page(-1)
