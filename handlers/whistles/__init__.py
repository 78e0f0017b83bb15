"""Whistles (吹哨): organisations are called to a case, come, do their part, and are let go."""
