"""Reading the archive with today's parsers, and what the record would say by them."""
