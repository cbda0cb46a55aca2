"""The terminal app: the only part that knows Textual and Rich. State lives in the review session; widgets draw it."""
