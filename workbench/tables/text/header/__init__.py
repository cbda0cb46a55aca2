"""Headers in text: where tables begin, and which labels stand over which columns."""
