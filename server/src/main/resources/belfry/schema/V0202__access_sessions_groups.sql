-- Temporary credentials. The token is of no use without the secret half, which is sealed by the root key.
CREATE TABLE iam_session (
  key_id     TEXT   NOT NULL PRIMARY KEY,
  account    TEXT   NOT NULL,
  kind       TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  unique_id  TEXT   NOT NULL,
  session    TEXT   NOT NULL,
  sealed     BYTEA  NOT NULL,
  token      TEXT   NOT NULL,
  policies   TEXT   NOT NULL,
  tags       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX iam_session_expires ON iam_session (expires_at);

CREATE TABLE iam_member (
  account    TEXT NOT NULL,
  group_name TEXT NOT NULL,
  user_name  TEXT NOT NULL,
  PRIMARY KEY (account, group_name, user_name)
);
CREATE INDEX iam_member_user ON iam_member (account, user_name);

ALTER TABLE iam_access_key ADD COLUMN used_at BIGINT;
ALTER TABLE iam_access_key ADD COLUMN used_service TEXT;
ALTER TABLE iam_access_key ADD COLUMN used_region TEXT;
