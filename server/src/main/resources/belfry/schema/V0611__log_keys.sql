-- Data keys of log groups, each sealed by the KMS key that was associated then. A block names the one that sealed it; 0: none.
CREATE TABLE log_group_key (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id BIGINT NOT NULL,
  kms_key  TEXT   NOT NULL,
  data_key BYTEA  NOT NULL,
  created  BIGINT NOT NULL
);
CREATE INDEX log_group_key_group ON log_group_key (group_id);
ALTER TABLE log_group ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE log_block ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
