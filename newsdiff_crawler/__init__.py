"""The record of what the news changed after it was published."""

__version__ = "0.2.0"
