"""The words of the interface in English and Chinese, by id. Names in braces are filled in by the caller."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.config.words_of_asking import ASKING
from workbench.config.words_of_names import NAMES
from workbench.config.words_of_output import OUTPUT
from workbench.config.words_of_rules import RULES
from workbench.config.words_of_screens import SCREENS
from workbench.model.message import Message

LANGUAGES = ("en", "zh")

CATALOGUE: dict[str, Message] = {
    identifier: Message(*texts) for identifier, texts in (NAMES | RULES | SCREENS | ASKING | OUTPUT).items()
}
"""Every text of the interface by its id."""


_ONE_OF = re.compile(r"(?<![\d.,/-])1 (document|finding|check|cell|row|day|conflict|place)s\b")
"""English that counts one thing as if it were several."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The texts of one language."""

    language: str = "en"

    def __call__(self, identifier: str, **values: object) -> str:
        """The text with this id, its names filled in. Raises KeyError for an id that the catalogue lacks."""
        text = CATALOGUE[identifier].text(self.language)
        if not values:
            return text
        filled = text.format(**values)
        return _ONE_OF.sub(r"1 \1", filled) if self.language == "en" else filled

    def named(self, group: str, name: str) -> str:
        """What a name that programs read is called to people: the text `group.name`; the name where there is none."""
        identifier = f"{group}.{name.replace(' ', '_')}"
        return self(identifier) if identifier in CATALOGUE else name

    def several(self, parts: Iterable[str]) -> str:
        """Several things named in a row, parted as the language parts them."""
        return ("，" if self.language == "zh" else ", ").join(part for part in parts if part)

    def listed(self, statements: Iterable[str]) -> str:
        """Several statements one after another, parted as the language parts them."""
        return ("；" if self.language == "zh" else "; ").join(statement for statement in statements if statement)

    def about(self, subject: str, said: str) -> str:
        """What is said of something, behind its name."""
        return f"{subject}：{said}" if self.language == "zh" else f"{subject}: {said}"

    def of(self, message: Message) -> str:
        """A message in this language."""
        return message.text(self.language)
