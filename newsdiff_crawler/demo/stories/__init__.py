"""The stories of the two invented newspapers. People, places and companies are invented too."""
