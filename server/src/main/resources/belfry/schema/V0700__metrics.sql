-- A metric is its namespace, name and dimensions; it appears with its first datapoint. never_negative: all samples so far
-- were counted from log events and none was below zero, so that its sum can only grow.
CREATE TABLE metric (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  namespace  TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  dimensions TEXT   NOT NULL,
  newest     BIGINT NOT NULL,
  never_negative BIGINT NOT NULL,
  UNIQUE (account, region, namespace, name, dimensions)
);

-- One statistic set per metric, unit and bucket. Resolution is the bucket's length in seconds: 60 as it comes in, 300 and
-- 3600 after the roll-up (each sample lies in exactly one of these), and 1 beside that for high-resolution samples.
CREATE TABLE datapoint (
  metric       BIGINT NOT NULL,
  resolution   BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  unit         TEXT   NOT NULL,
  sample_count DOUBLE PRECISION NOT NULL,
  total        DOUBLE PRECISION NOT NULL,
  minimum      DOUBLE PRECISION NOT NULL,
  maximum      DOUBLE PRECISION NOT NULL,
  spread       BYTEA,
  PRIMARY KEY (metric, resolution, at, unit)
);
CREATE INDEX datapoint_age ON datapoint (resolution, at);

-- Which metric changed, for which minute: what the alarms evaluate from. Rows go once evaluated.
CREATE TABLE metric_change (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  metric BIGINT NOT NULL,
  at     BIGINT NOT NULL
);
