"""The reading site: pages, feeds and an API over the record, which it never writes to."""
