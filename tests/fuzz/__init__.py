"""Mutated inputs for every kind of file that notegen reads: `python -m tests.fuzz --help` says how they are run."""
