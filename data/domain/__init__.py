"""The domain in plain Python: no database, no network, nothing but the standard library."""
