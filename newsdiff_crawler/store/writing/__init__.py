"""What crawls write to the record."""
