"""Runs migrations on the connection that `viceversa.store.upgrade` hands over."""

from alembic import context

from viceversa.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
# The transaction is the caller's: a migration happens as a whole or not at all.
context.run_migrations()
