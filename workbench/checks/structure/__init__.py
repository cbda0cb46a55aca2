"""What a table is made of: its columns, its rows, which rows are parts of which."""
