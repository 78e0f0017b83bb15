"""The schema, as SQLAlchemy Core tables."""
