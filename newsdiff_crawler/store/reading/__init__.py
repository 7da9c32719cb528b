"""What readers ask the record."""
