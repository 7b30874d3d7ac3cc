-- One row per audit record, in the order in which calls were recorded.
CREATE TABLE trail_event (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  -- Account and region in one word, where event history shows the event; null for data events. Every index begins with
  -- it: one short comparison instead of three.
  scope      TEXT,
  event_id   TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  read_only  BIGINT NOT NULL,
  username   TEXT   NOT NULL,
  access_key TEXT   NOT NULL,
  category   TEXT   NOT NULL,
  request_id TEXT   NOT NULL,
  selected   TEXT,
  refused    TEXT,
  record     TEXT   NOT NULL
);
CREATE INDEX trail_event_at     ON trail_event (scope, at, seq)             WHERE scope IS NOT NULL;
CREATE INDEX trail_event_name   ON trail_event (scope, name, at, seq)       WHERE scope IS NOT NULL;
CREATE INDEX trail_event_source ON trail_event (scope, source, at, seq)     WHERE scope IS NOT NULL;
CREATE INDEX trail_event_user   ON trail_event (scope, username, at, seq)   WHERE scope IS NOT NULL;
CREATE INDEX trail_event_key    ON trail_event (scope, access_key, at, seq) WHERE scope IS NOT NULL;
-- Most events are reads: who asks for those is served by the index of times.
CREATE INDEX trail_event_write  ON trail_event (scope, at, seq)             WHERE scope IS NOT NULL AND read_only = 0;
CREATE INDEX trail_event_id     ON trail_event (event_id)                   WHERE scope IS NOT NULL;

-- What each management event touched, for LookupEvents by resource.
CREATE TABLE trail_event_resource (
  seq     BIGINT NOT NULL,
  scope   TEXT   NOT NULL,
  type    TEXT   NOT NULL,
  name    TEXT   NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (seq, type, name)
);
CREATE INDEX trail_event_resource_name ON trail_event_resource (scope, name, at, seq);
CREATE INDEX trail_event_resource_type ON trail_event_resource (scope, type, at, seq);

-- Deleted trails stay until what they had selected is delivered and their history has expired.
CREATE TABLE trail (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  account         TEXT   NOT NULL,
  home_region     TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  bucket          TEXT   NOT NULL,
  prefix          TEXT,
  topic_name      TEXT,
  topic_arn       TEXT,
  global_events   BIGINT NOT NULL,
  multi_region    BIGINT NOT NULL,
  validation      BIGINT NOT NULL,
  log_group       TEXT,
  log_role        TEXT,
  kms_key         TEXT,
  selectors       TEXT,
  logging         BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  -- The last record before the trail was created: it can have selected none up to there.
  first_seq       BIGINT NOT NULL,
  started_at      BIGINT,
  stopped_at      BIGINT,
  deleted_at      BIGINT,
  -- The call that changed the trail last, and what held before it: that call itself is still logged as before.
  changed_by      TEXT,
  was_logging     BIGINT NOT NULL,
  was_selectors   TEXT,
  was_log_group   TEXT,
  was_log_role    TEXT
);
CREATE UNIQUE INDEX trail_name ON trail (account, home_region, name) WHERE deleted_at IS NULL;
CREATE INDEX trail_account ON trail (account);

CREATE TABLE trail_tag (
  trail_id  BIGINT NOT NULL,
  tag_key   TEXT   NOT NULL,
  tag_value TEXT   NOT NULL,
  PRIMARY KEY (trail_id, tag_key)
);

-- What GetTrailStatus shows: one row per trail and destination (bucket, logs, topic, digest).
CREATE TABLE trail_delivery (
  trail_id     BIGINT NOT NULL,
  destination  TEXT   NOT NULL,
  delivered_at BIGINT,
  attempted_at BIGINT NOT NULL,
  error        TEXT,
  PRIMARY KEY (trail_id, destination)
);
