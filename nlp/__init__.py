"""Text in, understanding out: no network, no database, no clock."""
