"""Tables of text that gives their cells column by column, put together again where sums prove how."""
