"""Claims meet by keys, decisions hold, events keep their history. Only adds: the version before runs on it."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OF_DOCUMENT = (
    "sketch BIGINT[] DEFAULT '{}' NOT NULL",
    "read_by BIGINT CONSTRAINT fk_document_read_by REFERENCES run (id)",
)
_OF_EVENT = ("conflicts JSONB DEFAULT '[]' NOT NULL",)
_OF_MENTION = (
    "claim TEXT",
    "topic TEXT",
    "words INTEGER[] DEFAULT '{}' NOT NULL",
    "link JSONB",
    "withdrawn_by BIGINT CONSTRAINT fk_mention_withdrawn_by REFERENCES run (id)",
    "linked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL",
)
_TABLES = (
    "change",
    "retraction",
    "verdict",
    "decision",
    "event_successor",
    "event_version",
    "mention_past",
    "mention_key",
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE document {', '.join(f'ADD COLUMN {column}' for column in _OF_DOCUMENT)}")
    op.execute("CREATE INDEX ix_document_read_by_id ON document (read_by, id)")
    op.execute(f"ALTER TABLE event {', '.join(f'ADD COLUMN {column}' for column in _OF_EVENT)}")
    op.execute("ALTER TABLE event DROP CONSTRAINT ck_event_counts")
    op.execute("ALTER TABLE event ADD CONSTRAINT ck_event_counts CHECK (n_reports >= 1 AND n_publishers >= 0)")
    op.execute(f"ALTER TABLE mention {', '.join(f'ADD COLUMN {column}' for column in _OF_MENTION)}")
    op.execute("ALTER TABLE mention ALTER COLUMN event_id DROP NOT NULL")
    op.execute("ALTER TABLE mention ALTER CONSTRAINT fk_mention_event_id DEFERRABLE INITIALLY DEFERRED")
    op.execute("UPDATE mention SET linked_at = recorded_at")
    op.execute("CREATE INDEX ix_mention_topic ON mention (topic) WHERE topic IS NOT NULL")
    op.execute("CREATE UNIQUE INDEX ix_mention_claim ON mention (claim) WHERE event_id IS NOT NULL")
    for statement in _MADE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP SCHEMA IF EXISTS as_known CASCADE")
    op.execute(f"DROP TABLE {', '.join(_TABLES)}")
    op.execute("DELETE FROM mention WHERE event_id IS NULL")
    op.execute("ALTER TABLE mention ALTER CONSTRAINT fk_mention_event_id NOT DEFERRABLE")
    op.execute("ALTER TABLE mention ALTER COLUMN event_id SET NOT NULL")
    for name in ("claim", "topic", "words", "link", "withdrawn_by", "linked_at"):
        op.execute(f"ALTER TABLE mention DROP COLUMN {name}")
    op.execute("ALTER TABLE event DROP CONSTRAINT ck_event_counts")
    op.execute("UPDATE event SET n_publishers = least(n_publishers, n_reports)")
    counts = "n_reports >= 1 AND n_publishers BETWEEN 0 AND n_reports"
    op.execute(f"ALTER TABLE event ADD CONSTRAINT ck_event_counts CHECK ({counts})")
    op.execute("ALTER TABLE event DROP COLUMN conflicts")
    op.execute("ALTER TABLE document DROP COLUMN sketch, DROP COLUMN read_by")


_MADE = (
    """
    CREATE TABLE mention_key (
        mention_id BIGINT NOT NULL,
        number BIGINT NOT NULL,
        reach SMALLINT NOT NULL,
        start DATE NOT NULL,
        CONSTRAINT pk_mention_key PRIMARY KEY (number, reach, start, mention_id),
        CONSTRAINT fk_mention_key_mention_id FOREIGN KEY (mention_id) REFERENCES mention (id) ON DELETE CASCADE
    );
    CREATE INDEX ix_mention_key_mention_id ON mention_key (mention_id)
    """,
    """
    CREATE TABLE mention_past (
        mention_id BIGINT NOT NULL,
        event_id TEXT NOT NULL,
        linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        left_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_mention_past PRIMARY KEY (mention_id, left_at),
        CONSTRAINT ck_mention_past_forward CHECK (left_at >= linked_at),
        CONSTRAINT fk_mention_past_mention_id FOREIGN KEY (mention_id) REFERENCES mention (id) ON DELETE CASCADE
    );
    CREATE INDEX ix_mention_past_event_id ON mention_past (event_id)
    """,
    # the columns of an event, without those that are computed; an index on what is looked up alone
    """
    CREATE TABLE event_version AS SELECT * FROM event WITH NO DATA;
    ALTER TABLE event_version
        DROP COLUMN d_order,
        DROP COLUMN search,
        ALTER COLUMN id SET NOT NULL,
        ADD COLUMN valid_to TIMESTAMP WITH TIME ZONE NOT NULL,
        ADD CONSTRAINT pk_event_version PRIMARY KEY (id, valid_to),
        ADD CONSTRAINT ck_event_version_forward CHECK (valid_to >= updated_at);
    CREATE INDEX ix_event_version_valid_to ON event_version (valid_to);
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT attname FROM pg_attribute
            WHERE attrelid = 'event'::regclass AND attnum > 0 AND attnotnull AND attgenerated = '' AND NOT attisdropped
        LOOP EXECUTE format('ALTER TABLE event_version ALTER COLUMN %I SET NOT NULL', name); END LOOP;
    END $$
    """,
    """
    CREATE TABLE event_successor (
        id TEXT NOT NULL,
        successor_id TEXT NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_event_successor PRIMARY KEY (id),
        CONSTRAINT ck_event_successor_other CHECK (id <> successor_id)
    );
    CREATE INDEX ix_event_successor_successor_id ON event_successor (successor_id)
    """,
    """
    CREATE TABLE decision (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        action TEXT NOT NULL,
        event_id TEXT NOT NULL,
        others TEXT[] NOT NULL,
        claims TEXT[] NOT NULL,
        reason TEXT NOT NULL,
        name TEXT NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_decision PRIMARY KEY (id),
        CONSTRAINT ck_decision_action CHECK (action IN ('split', 'merge', 'retract')),
        CONSTRAINT ck_decision_told CHECK (reason <> '' AND name <> '')
    );
    CREATE INDEX ix_decision_event_id ON decision (event_id)
    """,
    """
    CREATE TABLE verdict (
        one TEXT NOT NULL,
        other TEXT NOT NULL,
        apart BOOLEAN NOT NULL,
        decision_id BIGINT NOT NULL,
        CONSTRAINT pk_verdict PRIMARY KEY (one, other),
        CONSTRAINT fk_verdict_decision_id FOREIGN KEY (decision_id) REFERENCES decision (id)
    )
    """,
    """
    CREATE TABLE retraction (
        claim TEXT NOT NULL,
        decision_id BIGINT NOT NULL,
        CONSTRAINT pk_retraction PRIMARY KEY (claim),
        CONSTRAINT fk_retraction_decision_id FOREIGN KEY (decision_id) REFERENCES decision (id)
    )
    """,
    """
    CREATE TABLE change (
        number BIGINT GENERATED ALWAYS AS IDENTITY,
        event_id TEXT NOT NULL,
        change TEXT NOT NULL,
        version BIGINT NOT NULL,
        successor_id TEXT,
        fields TEXT[] DEFAULT '{}' NOT NULL,
        cause TEXT NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_change PRIMARY KEY (number),
        CONSTRAINT ck_change_change CHECK (change IN ('created', 'changed', 'merged', 'retracted'))
    );
    CREATE INDEX ix_change_event_id_number ON change (event_id, number);
    CREATE INDEX ix_change_recorded_at ON change (recorded_at)
    """,
)
