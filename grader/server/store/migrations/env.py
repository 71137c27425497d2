"""What Alembic runs: the migrations, on the connection that it is given."""

from alembic import context

from grader.server.store import lti_tables

METADATA = lti_tables.PLATFORMS.metadata  # of all tables
context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
