"""Webhooks: the steps of cases, told to other software."""
