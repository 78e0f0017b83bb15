"""The roster: areas, rooms, organisations, people, households, visit plans, from YAML or a spreadsheet."""

from data.roster.load import import_roster
from data.roster.read import Entry, read

__all__ = ["Entry", "import_roster", "read"]
