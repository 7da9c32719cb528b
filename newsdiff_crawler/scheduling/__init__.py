"""When to check again, and why then. Pure functions of times and counts."""
