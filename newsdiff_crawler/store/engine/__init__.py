"""All that is SQLite's own: opening, transactions, locks, the search index, errors."""
