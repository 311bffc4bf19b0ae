"""What tables alone cannot say: rows that never change again, and the first row of the counter.

case_originals and the two logs take INSERT only. A later batch migration that rebuilds one of
these tables on SQLite loses its triggers and must create them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("case_originals", "audit_entries", "access_entries")
LOGS = ("audit_entries", "access_entries")


def upgrade() -> None:
    counter = sa.table("config_version", sa.column("id"), sa.column("number"))
    op.bulk_insert(counter, [{"id": 1, "number": 1}])
    heads = sa.table("log_heads", *(sa.column(n) for n in ("name", "count", "chain", "seal")))
    op.bulk_insert(heads, [{"name": n, "count": 0, "chain": "", "seal": ""} for n in LOGS])
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for deed in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{deed}")
    else:
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute("DROP FUNCTION gensvar_append_only()")
    op.execute("DELETE FROM log_heads")
    op.execute("DELETE FROM config_version")


def _sqlite_triggers() -> None:
    for table in APPEND_ONLY:
        for deed in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION gensvar_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION gensvar_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gensvar_append_only()"
        )
