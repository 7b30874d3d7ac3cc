CREATE TABLE log_group (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  account        TEXT   NOT NULL,
  region         TEXT   NOT NULL,
  name           TEXT   NOT NULL,
  created        BIGINT NOT NULL,
  retention_days BIGINT,
  kms_key        TEXT,
  class          TEXT   NOT NULL,
  protected      BIGINT NOT NULL,
  tags           TEXT   NOT NULL,
  UNIQUE (account, region, name)
);

-- first_time, last_time and last_ingested follow the blocks a moment later (MetricFilterPump).
CREATE TABLE log_stream (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id      BIGINT NOT NULL,
  name          TEXT   NOT NULL,
  created       BIGINT NOT NULL,
  first_time    BIGINT,
  last_time     BIGINT,
  last_ingested BIGINT,
  UNIQUE (group_id, name)
);

-- Compressed log events. stream_id 0: events of several streams of the group. fresh 1: as it arrived, so its seq is the
-- events' arrival; 0: made by merging, each run inside tells its own arrival. No block spans more than 24 hours.
CREATE TABLE log_block (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id   BIGINT NOT NULL,
  stream_id  BIGINT NOT NULL,
  fresh      BIGINT NOT NULL,
  ingested   BIGINT NOT NULL,
  first_time BIGINT NOT NULL,
  last_time  BIGINT NOT NULL,
  events     BIGINT NOT NULL,
  raw_bytes  BIGINT NOT NULL,
  data       BYTEA  NOT NULL
);
CREATE INDEX log_block_by_stream ON log_block (group_id, stream_id, first_time, seq);
CREATE INDEX log_block_by_time ON log_block (group_id, first_time, seq);
CREATE INDEX log_block_small ON log_block (group_id, stream_id, seq) WHERE raw_bytes < 524288;

-- Deleted groups (stream_id 0) and streams whose blocks are still to be swept.
CREATE TABLE log_garbage (
  group_id  BIGINT NOT NULL,
  stream_id BIGINT NOT NULL,
  PRIMARY KEY (group_id, stream_id)
);

-- Every definition a metric filter has had that may still be needed. It counts for blocks with
-- after_seq < seq <= until_seq; until_seq is null while it is in force.
CREATE TABLE log_metric_filter (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id   BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  created    BIGINT NOT NULL,
  pattern    TEXT   NOT NULL,
  namespace  TEXT   NOT NULL,
  metric     TEXT   NOT NULL,
  definition TEXT   NOT NULL,
  after_seq  BIGINT NOT NULL,
  until_seq  BIGINT
);
CREATE UNIQUE INDEX log_metric_filter_name ON log_metric_filter (group_id, name) WHERE until_seq IS NULL;
CREATE INDEX log_metric_filter_metric ON log_metric_filter (namespace, metric) WHERE until_seq IS NULL;
CREATE INDEX log_metric_filter_past ON log_metric_filter (until_seq) WHERE until_seq IS NOT NULL;

-- Minutes for which a filter with a default value has seen events. state 0: none matched so far, 1: settled.
CREATE TABLE log_filter_minute (
  filter_id BIGINT NOT NULL,
  minute    BIGINT NOT NULL,
  state     BIGINT NOT NULL,
  PRIMARY KEY (filter_id, minute)
);
CREATE INDEX log_filter_minute_open ON log_filter_minute (minute) WHERE state = 0;
CREATE INDEX log_filter_minute_age ON log_filter_minute (minute);

-- What the filters and the groups themselves report to the metrics stage, in order of seq. samples: how many times the
-- value. filter is null for the groups' own metrics; event_id is null where the row stands for no single event.
CREATE TABLE log_match (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  namespace  TEXT   NOT NULL,
  metric     TEXT   NOT NULL,
  dimensions TEXT   NOT NULL,
  unit       TEXT   NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  samples    BIGINT NOT NULL,
  time       BIGINT NOT NULL,
  written    BIGINT NOT NULL,
  log_group  TEXT   NOT NULL,
  filter     TEXT,
  group_id   BIGINT NOT NULL,
  stream_id  BIGINT NOT NULL,
  stream     TEXT,
  event_id   TEXT
);
CREATE INDEX log_match_metric ON log_match (account, region, namespace, metric, time);
CREATE INDEX log_match_own ON log_match (seq) WHERE filter IS NULL;

CREATE TABLE log_resource_policy (
  account  TEXT   NOT NULL,
  region   TEXT   NOT NULL,
  name     TEXT   NOT NULL,
  document TEXT   NOT NULL,
  updated  BIGINT NOT NULL,
  PRIMARY KEY (account, region, name)
);
