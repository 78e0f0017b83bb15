"""Casework by command: the life of a case, corrections, merging, deferral, supervision."""
