"""What the running text says twice or works out itself: sums, shares, changes, averages."""
