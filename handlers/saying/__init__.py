"""Saying: from a wording to rows of the outbox, and how cases, times and numbers are shown."""
