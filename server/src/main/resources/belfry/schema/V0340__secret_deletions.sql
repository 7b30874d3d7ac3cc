-- Secrets just deleted for good, until the trail has heard of it.
CREATE TABLE secret_deletion (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT   NOT NULL,
  region  TEXT   NOT NULL,
  arn     TEXT   NOT NULL,
  name    TEXT   NOT NULL,
  forced  BIGINT NOT NULL,
  at      BIGINT NOT NULL
);
