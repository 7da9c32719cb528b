"""Merkle roots over the versions of a record, and outside clocks that stamp them."""
