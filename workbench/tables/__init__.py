"""SourceDocument → Document: tables, stated figures, who and which year."""
