"""Hearing: what a message commands, whom and which case it names, who may say so."""
