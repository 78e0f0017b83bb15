"""Sheets of hotline orders (12345): headings guessed, dates read, rows checked. Knows no database."""
