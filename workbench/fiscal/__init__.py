"""What is known of the field, mostly as data: statement forms, captions, units, column vocabulary, account codes."""
