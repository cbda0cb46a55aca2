"""The findings of a document narrowed to one kind: they alone are listed and gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.equations import rule_words
from workbench.tui.models.kinds import Kind
from workbench.tui.screens.review.base import ReviewBase

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding


class Narrowed(ReviewBase):
    """Which findings are listed and gone through."""

    @property
    def listed(self) -> list[ReviewedFinding]:
        """The findings that the list shows: all, or those of one kind."""
        return [item for item in self.state.findings if self.is_listed(item)]

    @property
    def round(self) -> list[ReviewedFinding]:
        """The findings that next and previous go through: of those listed the open ones that were not put off, else
        those that were; all of the document where nothing listed is open."""
        waiting = self.open_listed
        return [item for item in waiting if not item.deferred] or waiting or list(self.state.round)

    @property
    def open_listed(self) -> list[ReviewedFinding]:
        """The findings that a command for several is for: the open ones of those listed."""
        return [item for item in self.listed if item.open]

    def is_listed(self, item: ReviewedFinding) -> bool:
        """Whether the list shows a finding."""
        return self.look.kind is None or self.look.kind.has(item, self.state.document)

    def kind_words(self, kind: Kind) -> str:
        """A kind of findings in words."""
        say = self.say_in
        match kind.facet:
            case "rule":
                return rule_words(kind.value, say)
            case "table":
                return self._words_of_table(kind.value)
            case _:
                return say(f"{kind.facet}.{kind.value}")

    def _words_of_table(self, identifier: str) -> str:
        """Which table, by its number and title; the figures of the text by their title alone."""
        tables = {table.id: number for number, table in enumerate(self.state.document.tables, start=1)}
        if identifier not in self.grid_ids():
            return identifier
        title = self.model(identifier).title
        if identifier not in tables:
            return title
        return (
            f"{tables[identifier]} {title or self.say_in(f'form.{self.state.document.table(identifier).form.value}')}"
        )
