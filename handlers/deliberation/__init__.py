"""Deliberation (议事): motions, ballots with proxies, publicity, 四议两公开, minutes and resolutions."""
