"""Webhooks: signed and sent to where other software listens."""
