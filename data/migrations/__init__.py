"""Alembic migrations, run by data.engine's upgrade()."""
