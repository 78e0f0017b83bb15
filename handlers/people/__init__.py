"""People: bound to accounts, invited, welcomed; their data, their services, the rooms they are in."""
