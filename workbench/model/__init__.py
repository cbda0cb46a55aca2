"""The nouns: frozen dataclasses and pure functions over them, standard library only."""
