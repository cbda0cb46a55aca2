"""On the review screen: what of the source is shown, and how much room it has."""

from __future__ import annotations

from workbench.config.commands.definition import entry

COMMANDS = (
    entry(
        "source.image", "review", "O", ("page picture", "页面图像"),
        ("The picture of the page in the place of the source text, the cell framed; again for the text (PDF, images).",
         "以页面图像代替原文并框出单元格；再按恢复文字（PDF、图片）。"),
    ),
    entry("image.zoom_in", "image", "+  >", ("closer", "放大"), ("A larger picture.", "放大图像。"), 10),
    entry("image.zoom_out", "image", "-  <", ("farther", "缩小"), ("A smaller picture.", "缩小图像。"), 20),
    entry(
        "source.show", "review", "o", ("show source", "看原文"),
        ("Scroll the source to this cell.", "原文滚动到此格。"),
    ),
    entry(
        "view.zoom", "review", "f11  z z", ("full pane", "放大窗格"),
        ("The focused pane alone, or all panes.", "仅显示当前窗格，或恢复。"),
    ),
    entry(
        "view.layout", "review", "\\", ("layout", "布局"),
        ("Source beside the table, above it, or hidden.", "原文在表格旁、上方或隐藏。"),
    ),
    entry("view.wider", "review", ">", ("wider table", "加宽表格"), ("More room for the table.", "表格更宽。")),
    entry("view.narrower", "review", "<", ("wider source", "加宽原文"), ("More room for the source.", "原文更宽。")),
    entry(
        "source.wrap", "review", "z w", ("wrap", "折行"),
        ("Wrap prose only, everything, or nothing.", "仅折行文、全部折行或不折行。"),
    ),
)  # fmt: skip
