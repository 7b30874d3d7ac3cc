-- Which trails look for unusual rates (kind: an InsightType), and from which minute on. Minutes and hours are counted
-- from 1970.
CREATE TABLE trail_insight (
  trail_id BIGINT NOT NULL,
  kind     TEXT   NOT NULL,
  since    BIGINT NOT NULL,
  PRIMARY KEY (trail_id, kind)
);

-- What is counted for itself; error is empty for rates of calls. Unusual minutes that came within a day of each other are
-- one spell: its first and its last so far.
CREATE TABLE insight_series (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  trail_id BIGINT NOT NULL,
  account  TEXT   NOT NULL,
  region   TEXT   NOT NULL,
  kind     TEXT   NOT NULL,
  source   TEXT   NOT NULL,
  name     TEXT   NOT NULL,
  error    TEXT   NOT NULL,
  spell_from   BIGINT NOT NULL DEFAULT 0,
  spell_latest BIGINT NOT NULL DEFAULT 0,
  UNIQUE (trail_id, region, kind, source, name, error)
);

-- Minutes with calls; closed once they have been judged and are in their hour.
CREATE TABLE insight_minute (
  series BIGINT NOT NULL,
  minute BIGINT NOT NULL,
  calls  BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  PRIMARY KEY (series, minute)
);
CREATE INDEX insight_minute_open ON insight_minute (minute) WHERE closed = 0;
CREATE INDEX insight_minute_old ON insight_minute (minute);

-- The closed minutes' sums, which baselines are made of.
CREATE TABLE insight_hour (
  series  BIGINT NOT NULL,
  hour    BIGINT NOT NULL,
  total   BIGINT NOT NULL,
  squares DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (series, hour)
);
CREATE INDEX insight_hour_old ON insight_hour (hour);

-- Who called and how: for the attributions.
CREATE TABLE insight_attribute (
  series    BIGINT NOT NULL,
  minute    BIGINT NOT NULL,
  attribute TEXT   NOT NULL,
  value     TEXT   NOT NULL,
  calls     BIGINT NOT NULL,
  PRIMARY KEY (series, minute, attribute, value)
);
CREATE INDEX insight_attribute_old ON insight_attribute (minute);

-- Insights that have started and not ended. before is what the records say of the time before, as JSON.
CREATE TABLE insight_episode (
  series    BIGINT NOT NULL PRIMARY KEY,
  shared_id TEXT   NOT NULL,
  started   BIGINT NOT NULL,
  latest    BIGINT NOT NULL,
  before    TEXT   NOT NULL
);
CREATE INDEX insight_episode_latest ON insight_episode (latest);
