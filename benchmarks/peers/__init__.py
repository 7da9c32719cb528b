"""Other tools, each in an environment and a process of its own, so that what they need of each
other's packages does not clash."""

from benchmarks.peers.environments import Absent, make
from benchmarks.peers.process import Peer, enter, start

__all__ = ["Absent", "Peer", "enter", "make", "start"]
