"""The schema, as SQLAlchemy Core tables."""

from data.tables import cases, gatherings, governance, places, records, talk
from data.tables.base import metadata

__all__ = ["cases", "gatherings", "governance", "metadata", "places", "records", "talk"]
