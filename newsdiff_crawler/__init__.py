"""The record of what the news changed after it was published."""
