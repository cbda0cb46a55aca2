"""The terminal app: the only part that knows Textual and Rich. State lives in the review session; widgets draw it."""

import os

# Before Textual is imported, which reads it once: a paint that follows another waits for the next tick of this clock,
# and at the usual 60 a second that wait is longer than what most keys take.
os.environ.setdefault("TEXTUAL_FPS", "120")
