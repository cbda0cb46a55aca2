"""Lines of the statements that the running text tells again."""
