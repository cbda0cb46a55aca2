"""What the app remembers for a reviewer: lines typed, places visited, when a document was open last."""
