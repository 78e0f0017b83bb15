"""The schema, as SQLAlchemy Core tables."""

from data.tables import cases, gatherings, places, records, talk
from data.tables.base import metadata

__all__ = ["cases", "gatherings", "metadata", "places", "records", "talk"]
