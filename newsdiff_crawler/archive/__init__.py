"""The page archive: WARC files beside the record, and what proves that neither was altered."""
