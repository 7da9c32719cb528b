"""What the commands share: reading the record, and talking to Scrapyd."""
