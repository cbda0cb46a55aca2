"""The record as TOML text and back: the same text for the same record, and nothing lost that a person added."""
