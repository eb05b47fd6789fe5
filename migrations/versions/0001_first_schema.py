"""The first schema: documents, mentions, events, actors and runs."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _extensions()
    _tables()
    _triggers()


def downgrade() -> None:
    op.execute("DROP TABLE mention, event_actor, event, actor_office, actor_name, actor, run, document")
    for name in ("event_has_evidence", "mention_leaves_evidence", "mentions_not_truncated"):
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP FUNCTION refuse_without_mention")
    op.execute("DROP TEXT SEARCH CONFIGURATION news")


def _extensions() -> None:
    for name in ("pg_trgm", "btree_gist", "unaccent"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    op.execute(
        """
        CREATE TEXT SEARCH CONFIGURATION news (COPY = pg_catalog.english);
        ALTER TEXT SEARCH CONFIGURATION news
            ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
        """
    )


def _triggers() -> None:
    """An event without a mention is refused at commit, however it came about."""
    op.execute(_REFUSE)
    op.execute(_ON_EVENT)
    op.execute(_ON_MENTION)
    op.execute(_ON_TRUNCATE)


# The row lock makes two transactions, each of which takes one of the last two mentions, see each other.
_REFUSE = """
    CREATE FUNCTION refuse_without_mention(wanted text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM event WHERE id = wanted FOR NO KEY UPDATE;
        IF FOUND AND NOT EXISTS (SELECT 1 FROM mention WHERE event_id = wanted) THEN
            RAISE EXCEPTION 'event % has no evidence', wanted
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'event_has_evidence';
        END IF;
    END $$;
"""
_ON_EVENT = """
    CREATE FUNCTION event_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM refuse_without_mention(NEW.id);
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER event_has_evidence AFTER INSERT OR UPDATE OF id ON event
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION event_has_evidence();
"""
_ON_MENTION = """
    CREATE FUNCTION mention_leaves_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM refuse_without_mention(OLD.event_id);
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER mention_leaves_evidence AFTER DELETE OR UPDATE OF event_id ON mention
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mention_leaves_evidence();
"""
_ON_TRUNCATE = """
    CREATE FUNCTION mentions_not_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM event) THEN
            RAISE EXCEPTION 'events would be left without evidence'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'event_has_evidence';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER mentions_not_truncated AFTER TRUNCATE ON mention
        FOR EACH STATEMENT EXECUTE FUNCTION mentions_not_truncated();
"""


def _tables() -> None:
    for statement in _TABLES:
        op.execute(statement)


_TABLES = (
    """
    CREATE TABLE actor (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        state TEXT,
        sector TEXT NOT NULL,
        source TEXT NOT NULL,
        CONSTRAINT pk_actor PRIMARY KEY (id),
        CONSTRAINT ck_actor_named CHECK (id <> '' AND name <> ''),
        CONSTRAINT ck_actor_type CHECK (type IN ('state', 'person', 'organisation', 'armed_group', 'media',
            'role'))
    )
    """,
    """
    CREATE INDEX ix_actor_state ON actor (state)
    """,
    """
    CREATE TABLE document (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        sha256 TEXT NOT NULL,
        text TEXT NOT NULL,
        length INTEGER GENERATED ALWAYS AS (char_length(text)) STORED NOT NULL,
        url TEXT,
        title TEXT,
        publisher TEXT,
        published_start DATE,
        published_end DATE,
        published_precision TEXT,
        published_approximate BOOLEAN,
        published_edtf TEXT,
        language TEXT,
        status TEXT NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_document PRIMARY KEY (id),
        CONSTRAINT uq_document_id_length UNIQUE (id, length),
        CONSTRAINT ck_document_sha256_of_text CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
        CONSTRAINT ck_document_length CHECK (char_length(text) BETWEEN 1 AND 1000000),
        CONSTRAINT ck_document_published_whole CHECK (num_nulls(published_start, published_end,
            published_precision, published_approximate, published_edtf) IN (0, 5)),
        CONSTRAINT ck_document_published_forward CHECK (published_end > published_start),
        CONSTRAINT ck_document_published_bounded CHECK (CASE WHEN published_precision NOT IN ('day', 'week',
            'month', 'season', 'quarter', 'year', 'decade') THEN true WHEN NOT isfinite(published_start) OR NOT
            isfinite(published_end) THEN false ELSE published_end - published_start <= CASE published_precision
            WHEN 'day' THEN 1 WHEN 'week' THEN 7 WHEN 'month' THEN 31 WHEN 'season' THEN 92 WHEN 'quarter' THEN
            92 WHEN 'year' THEN 366 WHEN 'decade' THEN 3653 END END),
        CONSTRAINT ck_document_published_precision CHECK (published_precision IN ('day', 'week', 'month',
            'season', 'quarter', 'year', 'decade', 'range', 'before', 'after', 'unknown')),
        CONSTRAINT ck_document_status CHECK (status IN ('read', 'not_read')),
        CONSTRAINT uq_document_sha256 UNIQUE (sha256)
    )
    """,
    """
    CREATE INDEX ix_document_published_start_id ON document (published_start, id);
    CREATE INDEX ix_document_publisher ON document (lower(publisher));
    CREATE INDEX ix_document_recorded_at_id ON document (recorded_at, id)
    """,
    """
    CREATE TABLE run (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        version TEXT NOT NULL,
        started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_run PRIMARY KEY (id),
        CONSTRAINT uq_run_version UNIQUE (version)
    )
    """,
    """
    CREATE TABLE actor_name (
        actor_id TEXT NOT NULL,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        CONSTRAINT pk_actor_name PRIMARY KEY (actor_id, name),
        CONSTRAINT ck_actor_name_span_forward CHECK (d_end > d_start),
        CONSTRAINT fk_actor_name_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_actor_name_alike ON actor_name USING gin (folded gin_trgm_ops);
    CREATE INDEX ix_actor_name_folded ON actor_name (folded)
    """,
    """
    CREATE TABLE actor_office (
        actor_id TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        held DATERANGE NOT NULL,
        CONSTRAINT pk_actor_office PRIMARY KEY (actor_id, title, state, held),
        CONSTRAINT ck_actor_office_held_a_day CHECK (NOT isempty(held)),
        CONSTRAINT fk_actor_office_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_actor_office_state_held ON actor_office USING gist (state, held)
    """,
    """
    CREATE TABLE event (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        plover TEXT,
        mode TEXT NOT NULL,
        cameo TEXT NOT NULL,
        quad SMALLINT NOT NULL,
        goldstein DOUBLE PRECISION NOT NULL,
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        precision TEXT NOT NULL,
        approximate BOOLEAN NOT NULL,
        edtf TEXT NOT NULL,
        basis TEXT NOT NULL,
        derivation JSONB NOT NULL,
        object TEXT,
        quantity TEXT,
        place_name TEXT,
        country TEXT,
        latitude DOUBLE PRECISION,
        longitude DOUBLE PRECISION,
        geo_precision TEXT NOT NULL,
        modality TEXT NOT NULL,
        attribution TEXT,
        role TEXT NOT NULL,
        confidence DOUBLE PRECISION NOT NULL,
        d_order DATE GENERATED ALWAYS AS (CASE WHEN isfinite(d_start) THEN d_start WHEN isfinite(d_end) THEN
            (d_end - 1) ELSE 'infinity'::date END) STORED NOT NULL,
        title TEXT NOT NULL,
        evidence_text TEXT NOT NULL,
        document_id BIGINT NOT NULL,
        source_id TEXT,
        target_id TEXT,
        source_ids TEXT[] NOT NULL,
        source_names TEXT[] NOT NULL,
        target_ids TEXT[] NOT NULL,
        target_names TEXT[] NOT NULL,
        actors JSONB NOT NULL,
        status TEXT NOT NULL,
        n_reports INTEGER NOT NULL,
        n_publishers INTEGER NOT NULL,
        search TSVECTOR GENERATED ALWAYS AS (to_tsvector('news'::regconfig, (title || ' '::text) ||
            evidence_text)) STORED NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_event PRIMARY KEY (id),
        CONSTRAINT ck_event_span_forward CHECK (d_end > d_start),
        CONSTRAINT ck_event_span_bounded CHECK (CASE WHEN precision NOT IN ('day', 'week', 'month', 'season',
            'quarter', 'year', 'decade') THEN true WHEN NOT isfinite(d_start) OR NOT isfinite(d_end) THEN false
            ELSE d_end - d_start <= CASE precision WHEN 'day' THEN 1 WHEN 'week' THEN 7 WHEN 'month' THEN 31
            WHEN 'season' THEN 92 WHEN 'quarter' THEN 92 WHEN 'year' THEN 366 WHEN 'decade' THEN 3653 END END),
        CONSTRAINT ck_event_precision CHECK (precision IN ('day', 'week', 'month', 'season', 'quarter', 'year',
            'decade', 'range', 'before', 'after', 'unknown')),
        CONSTRAINT ck_event_basis CHECK (basis IN ('explicit', 'relative', 'anaphoric', 'publication',
            'inferred')),
        CONSTRAINT ck_event_confidence CHECK (confidence BETWEEN 0 AND 1),
        CONSTRAINT ck_event_modality CHECK (modality IN ('asserted', 'alleged', 'denied', 'negated', 'planned',
            'conditional')),
        CONSTRAINT ck_event_role CHECK (role IN ('main', 'background')),
        CONSTRAINT ck_event_coordinates CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
        CONSTRAINT ck_event_id CHECK (id <> ''),
        CONSTRAINT ck_event_status CHECK (status IN ('reported', 'corroborated', 'disputed', 'retracted')),
        CONSTRAINT ck_event_counts CHECK (n_reports >= 1 AND n_publishers BETWEEN 0 AND n_reports),
        CONSTRAINT fk_event_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT fk_event_source_id FOREIGN KEY(source_id) REFERENCES actor (id),
        CONSTRAINT fk_event_target_id FOREIGN KEY(target_id) REFERENCES actor (id)
    )
    """,
    """
    CREATE INDEX ix_event_country_d_order ON event (country, d_order);
    CREATE INDEX ix_event_d_order_id ON event (d_order, id);
    CREATE INDEX ix_event_document_id ON event (document_id);
    CREATE INDEX ix_event_kind_d_order_id ON event (kind, d_order, id);
    CREATE INDEX ix_event_latitude_longitude ON event (latitude, longitude) WHERE latitude IS NOT NULL;
    CREATE INDEX ix_event_n_reports_d_order_id ON event (n_reports, d_order, id);
    CREATE INDEX ix_event_recorded_at_id ON event (recorded_at, id);
    CREATE INDEX ix_event_search ON event USING gin (search);
    CREATE INDEX ix_event_source_id_target_id_d_order ON event (source_id, target_id, d_order);
    CREATE INDEX ix_event_target_id ON event (target_id);
    CREATE INDEX ix_event_updated_at ON event (updated_at);
    CREATE INDEX ix_event_vague ON event (d_order, id) WHERE precision <> 'day';
    CREATE INDEX ix_event_vague_end ON event (d_end, id) WHERE precision <> 'day'
    """,
    """
    CREATE TABLE event_actor (
        event_id TEXT NOT NULL,
        actor_id TEXT NOT NULL,
        d_order DATE NOT NULL,
        kind TEXT NOT NULL,
        is_source BOOLEAN NOT NULL,
        is_target BOOLEAN NOT NULL,
        is_named BOOLEAN NOT NULL,
        CONSTRAINT pk_event_actor PRIMARY KEY (event_id, actor_id),
        CONSTRAINT fk_event_actor_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
        CONSTRAINT fk_event_actor_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
    )
    """,
    """
    CREATE INDEX ix_event_actor_order ON event_actor (actor_id, d_order, event_id) INCLUDE (kind, is_source,
            is_target, is_named)
    """,
    """
    CREATE TABLE mention (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        event_id TEXT NOT NULL,
        document_id BIGINT NOT NULL,
        document_length INTEGER NOT NULL,
        run_id BIGINT NOT NULL,
        rule TEXT NOT NULL,
        clause_start INTEGER NOT NULL,
        clause_end INTEGER NOT NULL,
        trigger_start INTEGER NOT NULL,
        trigger_end INTEGER NOT NULL,
        words_start INTEGER,
        words_end INTEGER,
        kind TEXT NOT NULL,
        plover TEXT,
        mode TEXT NOT NULL,
        cameo TEXT NOT NULL,
        quad SMALLINT NOT NULL,
        goldstein DOUBLE PRECISION NOT NULL,
        d_start DATE NOT NULL,
        d_end DATE NOT NULL,
        precision TEXT NOT NULL,
        approximate BOOLEAN NOT NULL,
        edtf TEXT NOT NULL,
        basis TEXT NOT NULL,
        derivation JSONB NOT NULL,
        object TEXT,
        quantity TEXT,
        place_name TEXT,
        country TEXT,
        latitude DOUBLE PRECISION,
        longitude DOUBLE PRECISION,
        geo_precision TEXT NOT NULL,
        modality TEXT NOT NULL,
        attribution TEXT,
        role TEXT NOT NULL,
        confidence DOUBLE PRECISION NOT NULL,
        source JSONB NOT NULL,
        target JSONB NOT NULL,
        others JSONB NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_mention PRIMARY KEY (id),
        CONSTRAINT ck_mention_span_forward CHECK (d_end > d_start),
        CONSTRAINT ck_mention_span_bounded CHECK (CASE WHEN precision NOT IN ('day', 'week', 'month', 'season',
            'quarter', 'year', 'decade') THEN true WHEN NOT isfinite(d_start) OR NOT isfinite(d_end) THEN false
            ELSE d_end - d_start <= CASE precision WHEN 'day' THEN 1 WHEN 'week' THEN 7 WHEN 'month' THEN 31
            WHEN 'season' THEN 92 WHEN 'quarter' THEN 92 WHEN 'year' THEN 366 WHEN 'decade' THEN 3653 END END),
        CONSTRAINT ck_mention_precision CHECK (precision IN ('day', 'week', 'month', 'season', 'quarter',
            'year', 'decade', 'range', 'before', 'after', 'unknown')),
        CONSTRAINT ck_mention_basis CHECK (basis IN ('explicit', 'relative', 'anaphoric', 'publication',
            'inferred')),
        CONSTRAINT ck_mention_confidence CHECK (confidence BETWEEN 0 AND 1),
        CONSTRAINT ck_mention_modality CHECK (modality IN ('asserted', 'alleged', 'denied', 'negated',
            'planned', 'conditional')),
        CONSTRAINT ck_mention_role CHECK (role IN ('main', 'background')),
        CONSTRAINT ck_mention_coordinates CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
        CONSTRAINT fk_mention_document_id_document_length FOREIGN KEY(document_id, document_length) REFERENCES
            document (id, length),
        CONSTRAINT ck_mention_evidence_inside CHECK (0 <= clause_start AND clause_start <= trigger_start AND
            trigger_start < trigger_end AND trigger_end <= clause_end AND clause_end <= document_length),
        CONSTRAINT ck_mention_words_inside CHECK (num_nulls(words_start, words_end) IN (0, 2) AND (words_start
            IS NULL OR (0 <= words_start AND words_start < words_end AND words_end <= document_length))),
        CONSTRAINT ck_mention_rule CHECK (rule <> ''),
        CONSTRAINT fk_mention_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
        CONSTRAINT fk_mention_run_id FOREIGN KEY(run_id) REFERENCES run (id)
    )
    """,
    """
    CREATE INDEX ix_mention_document_id_trigger_start ON mention (document_id, trigger_start);
    CREATE INDEX ix_mention_event_id ON mention (event_id);
    CREATE INDEX ix_mention_run_id ON mention (run_id)
    """,
)
