"""A newsroom that follows a script, and crawls that go through its week in minutes."""
