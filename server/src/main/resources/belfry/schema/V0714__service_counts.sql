-- What services have counted of themselves and the metrics do not have yet: one row per metric and minute, added up.
CREATE TABLE service_count (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  account      TEXT   NOT NULL,
  region       TEXT   NOT NULL,
  namespace    TEXT   NOT NULL,
  name         TEXT   NOT NULL,
  dimensions   TEXT   NOT NULL,
  unit         TEXT   NOT NULL,
  minute       BIGINT NOT NULL,
  sample_count DOUBLE PRECISION NOT NULL,
  total        DOUBLE PRECISION NOT NULL,
  minimum      DOUBLE PRECISION NOT NULL,
  maximum      DOUBLE PRECISION NOT NULL,
  UNIQUE (account, region, namespace, name, dimensions, unit, minute)
);
