"""The record as files, for researchers and for sites that publish their data."""
