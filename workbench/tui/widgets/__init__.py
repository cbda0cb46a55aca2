"""The widgets, one a module. Each is given state, draws it, and asks for change by a message; none reads another."""
