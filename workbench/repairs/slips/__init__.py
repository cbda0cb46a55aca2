"""How readers and typists go wrong, and what each slip would have made of a table."""
