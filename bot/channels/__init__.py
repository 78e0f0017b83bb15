"""Channels to the outside: each speaks its protocol and nothing else."""
