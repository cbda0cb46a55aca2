"""What the app remembers for a reviewer: lines typed, places visited, how the screens are arranged, when a
document was open last."""
