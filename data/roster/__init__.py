"""The roster: areas, rooms, organisations, people, households, visit plans, from YAML or a spreadsheet."""

from data.roster.gone import end_duties, gone_from
from data.roster.load import import_roster
from data.roster.read import Entry, read

__all__ = ["Entry", "end_duties", "gone_from", "import_roster", "read"]
