"""What drawing rests on: signs, colours, the width of text, what the terminal can show,
and what of a screen is painted."""
