"""How an alert shows itself in a dim and silent room."""
