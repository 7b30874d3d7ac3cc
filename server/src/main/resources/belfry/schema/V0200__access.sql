-- Users and roles. IAM is global: no region. Names are unique whatever their case.
CREATE TABLE iam_entity (
  account     TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  name_lower  TEXT   NOT NULL,
  unique_id   TEXT   NOT NULL,
  path        TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  description TEXT,
  trust       TEXT,
  max_session BIGINT,
  boundary    TEXT,
  tags        TEXT   NOT NULL,
  PRIMARY KEY (account, kind, name)
);
CREATE UNIQUE INDEX iam_entity_lower ON iam_entity (account, kind, name_lower);

CREATE TABLE iam_inline_policy (
  account  TEXT NOT NULL,
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  policy   TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (account, kind, name, policy)
);

CREATE TABLE iam_attachment (
  account    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  policy_arn TEXT NOT NULL,
  PRIMARY KEY (account, kind, name, policy_arn)
);
CREATE INDEX iam_attachment_policy ON iam_attachment (account, policy_arn);

CREATE TABLE iam_policy (
  account         TEXT   NOT NULL,
  arn             TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  name_lower      TEXT   NOT NULL,
  path            TEXT   NOT NULL,
  unique_id       TEXT   NOT NULL,
  description     TEXT,
  tags            TEXT   NOT NULL,
  default_version BIGINT NOT NULL,
  newest_version  BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  PRIMARY KEY (account, arn)
);
CREATE UNIQUE INDEX iam_policy_lower ON iam_policy (account, name_lower);

CREATE TABLE iam_policy_version (
  account    TEXT   NOT NULL,
  arn        TEXT   NOT NULL,
  number     BIGINT NOT NULL,
  document   TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account, arn, number)
);

-- The secret half is sealed by the root key; without a user name the key is the account's root's.
CREATE TABLE iam_access_key (
  key_id     TEXT   NOT NULL PRIMARY KEY,
  account    TEXT   NOT NULL,
  user_name  TEXT,
  sealed     BYTEA  NOT NULL,
  active     BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX iam_access_key_user ON iam_access_key (account, user_name);
