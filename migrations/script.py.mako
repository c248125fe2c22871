"""${message}

Why: <one sentence: what the program can do with this that it could not do before>

Rules of a migration:
- It works with the release before: replicas of both run while a deployment rolls. Add a
  column as nullable or with a server default; rename or drop only what no release in use
  reads. A change that breaks the old release is two migrations in two releases.
- Locks are short. On PostgreSQL: SET LOCAL lock_timeout = '5s' before altering a busy
  table; indexes of large tables CONCURRENTLY, in op.get_context().autocommit_block();
  constraints NOT VALID first, validated afterwards; data in batches, not in one UPDATE.
- It runs on SQLite too: alter tables with op.batch_alter_table.
- It imports nothing of bot: it must mean the same when the models have moved on.
- It goes down again; where data would be lost, the docstring says which.
- Its file name says why.

Revision: ${up_revision}, after ${down_revision | comma,n}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | None = ${repr(branch_labels)}
depends_on: str | None = ${repr(depends_on)}


def upgrade() -> None:
    """Bring the change."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take it back."""
    ${downgrades if downgrades else "pass"}
