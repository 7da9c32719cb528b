"""A newsroom that goes by a script, and the crawls that live through its week in minutes."""
