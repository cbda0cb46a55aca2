"""The rule families, a module each, with what they share."""
