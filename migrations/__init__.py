"""Alembic migrations; `bot.storage.migrate` runs them from the installed package."""
