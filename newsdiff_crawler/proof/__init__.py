"""Proof bundles: what a version said, as a WACZ file that proves it without the record."""
