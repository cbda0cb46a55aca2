"""A sentence for the reviewer, in English and in Chinese."""

from dataclasses import dataclass

from workbench.model.draft import pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages of the interface; the caller picks with `text`."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """The sentence in `language` (`"en"` or `"zh"`; anything else reads as English)."""
        return self.zh if language == "zh" else self.en
