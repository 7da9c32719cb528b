"""The real commands, for as long as one likes, among publishers that do what they can to harm
them: `python -m tests.hardship.hour`, `python -m tests.hardship.kills`. The tests here play them
for a short while."""
