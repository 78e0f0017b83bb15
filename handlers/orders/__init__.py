"""Hotline orders (12345): taken in as cases, and given back with what became of them."""
