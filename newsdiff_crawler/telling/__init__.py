"""Telling people what changed: watches, messages, and the channels that they go out by."""
