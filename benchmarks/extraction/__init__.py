"""What `benchmarks/fidelity.py` is made of."""
