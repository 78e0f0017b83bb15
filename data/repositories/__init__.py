"""Rows in, domain objects out: one repository per aggregate."""
