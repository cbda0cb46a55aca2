"""What the screens show, worked out without a screen: documents and sessions, the queue, the grid,
the findings of a rule."""
