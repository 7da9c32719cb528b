"""Other tools, each in an environment and a process of its own, so that what they need of each
other's packages does not clash."""

from benchmarks.peers.process import PageText, Peer, start, why_absent

__all__ = ["PageText", "Peer", "start", "why_absent"]
