-- Trails whose log group or role refuses: how far their records had come. No row: as far as the feed.
CREATE TABLE log_trail_backlog (
  trail_id BIGINT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,
  error    TEXT   NOT NULL
);
