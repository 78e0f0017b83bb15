"""Volunteers (志愿者): skills, help, the ledger of points and what it buys, wishes."""
