"""Where a step of a review stands in a new reading of its document: by the paper, by its labels,
by what edits moved."""
