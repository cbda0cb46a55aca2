"""Tables drawn with rules: from lines and boxes of characters to a grid."""
