"""All that is to be said of a finding: what its rule demands, every check that fails of the same cause, every proposal
with all that it changes."""

from __future__ import annotations

from collections.abc import Callable

from workbench.tui.equations import equation_paragraphs, rule_words
from workbench.tui.screens.reader import read
from workbench.tui.screens.review.annotating import Annotating
from workbench.tui.widgets.text_pane import Paragraph, paragraph
from workbench.tui.wording import edit_words, suggestion_paragraph

_BLANK = paragraph("")


class Explaining(Annotating):
    """The command that explains a finding."""

    async def action_finding_explain(self) -> None:
        item = self.finding()
        if item is None:
            return
        finding, say, document = item.finding, self.say_in, self.state.document
        rule = finding.check.rule or finding.check.family.value
        parts = [paragraph(say(f"rule.{finding.check.family.value}"), bold=True)]
        if finding.check.weak:
            parts.append(paragraph(say("explain.weak"), "quiet"))
        parts += [_BLANK, paragraph(say.of(finding.message))]
        for number, result in enumerate(finding.results, start=1):
            parts += [_BLANK, *equation_paragraphs(result, document, say, number, len(finding.results))]
        for number, suggestion in enumerate(finding.suggestions, start=1):
            parts += [_BLANK, suggestion_paragraph(suggestion, document, say, str(number))]
            if len(suggestion.edits) > 1:
                changed = dict.fromkeys(edit_words(edit, document, say) for edit in suggestion.edits)
                parts += [paragraph(words, "corrected", indent=4) for words in changed]
        if not finding.suggestions:
            parts += [_BLANK, paragraph(say("detail.no_suggestion"), "quiet")]
        parts += [_BLANK, paragraph(say("explain.tolerance"), "quiet"), *self._ways_to_rule()]
        await read(self, say("explain.title", rule=rule_words(finding.check.name, say), name=rule), parts)

    def _ways_to_rule(self) -> list[Paragraph]:
        """What each way to settle it says, with its key."""
        from workbench.config.commands import command
        from workbench.tui.keys.sequence import key_label

        ways = []
        for identifier in (
            "suggestion.take",
            "finding.source_error",
            "suggestion.take_source",
            "finding.waive",
            "rule.waive",
        ):
            keys = self.workbench.keymap.keys(identifier)
            if keys and not self.why_not(identifier):
                ways.append(
                    paragraph(f"{key_label(keys[0])}  {self.say_in.of(command(identifier).help)}", "quiet", indent=3)
                )
        return ways

    def reasons(self) -> dict[str, Callable[[], str]]:
        return super().reasons() | {"finding.explain": lambda: "" if self.finding() else self.say_in("off.no_finding")}
