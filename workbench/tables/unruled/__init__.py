"""Tables that no upright rule parts into columns: words of print with their places → a grid."""
