-- Archives: a rule of the archive's own matches what is to be kept. Counts and sizes are those of its events.
CREATE TABLE event_archive (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  account        TEXT   NOT NULL,
  region         TEXT   NOT NULL,
  name           TEXT   NOT NULL,
  bus            TEXT   NOT NULL,
  description    TEXT,
  pattern        TEXT,
  retention_days BIGINT NOT NULL,
  event_count    BIGINT NOT NULL,
  size_bytes     BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  UNIQUE (account, region, name)
);

-- Events by their own time, which replays go by; retention goes by when they were kept.
CREATE TABLE archived_event (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  archive_id BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  kept_at    BIGINT NOT NULL,
  size       BIGINT NOT NULL,
  event      TEXT   NOT NULL
);
CREATE INDEX archived_event_by_time ON archived_event (archive_id, at, seq);
CREATE INDEX archived_event_by_age ON archived_event (archive_id, kept_at);

-- Replays; done_at and done_seq are how far one has come, up_to the newest event that was there at its start.
CREATE TABLE event_replay (
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  description TEXT,
  archive     TEXT   NOT NULL,
  archive_id  BIGINT NOT NULL,
  bus         TEXT   NOT NULL,
  filters     TEXT   NOT NULL,
  from_at     BIGINT NOT NULL,
  to_at       BIGINT NOT NULL,
  up_to       BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  reason      TEXT,
  done_at     BIGINT,
  done_seq    BIGINT NOT NULL,
  started_at  BIGINT NOT NULL,
  ended_at    BIGINT,
  PRIMARY KEY (account, region, name)
);
CREATE INDEX event_replay_open ON event_replay (started_at) WHERE ended_at IS NULL;

-- The service whose rule it is; null for people's own.
ALTER TABLE event_rule ADD COLUMN managed_by TEXT;
