"""The database: SQLAlchemy and Alembic stop here."""
