-- Which root key this database was sealed with: one row.
CREATE TABLE root_key (
  one         BIGINT NOT NULL PRIMARY KEY,
  fingerprint TEXT   NOT NULL
);

CREATE TABLE kms_key (
  account       TEXT   NOT NULL,
  region        TEXT   NOT NULL,
  key_id        TEXT   NOT NULL,
  manager       TEXT   NOT NULL,
  description   TEXT   NOT NULL,
  state         TEXT   NOT NULL,
  policy        TEXT   NOT NULL,
  tags          TEXT   NOT NULL,
  created_at    BIGINT NOT NULL,
  deletion_at   BIGINT,
  rotation_days BIGINT,
  rotation_at   BIGINT,
  material      BIGINT NOT NULL,
  PRIMARY KEY (account, region, key_id)
);
CREATE INDEX kms_key_deletion ON kms_key (deletion_at) WHERE deletion_at IS NOT NULL;
CREATE INDEX kms_key_rotation ON kms_key (rotation_at) WHERE rotation_at IS NOT NULL;

-- Every key material a key ever had, sealed by the root key: old ciphertexts stay readable after a rotation.
CREATE TABLE kms_material (
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  key_id      TEXT   NOT NULL,
  number      BIGINT NOT NULL,
  material_id TEXT   NOT NULL,
  sealed      BYTEA  NOT NULL,
  origin      TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (account, region, key_id, number)
);

CREATE TABLE kms_alias (
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  key_id     TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (account, region, name)
);
CREATE INDEX kms_alias_key ON kms_alias (account, region, key_id);

CREATE TABLE secret (
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  suffix      TEXT   NOT NULL,
  description TEXT,
  kms_key     TEXT,
  tags        TEXT   NOT NULL,
  policy      TEXT,
  created_at  BIGINT NOT NULL,
  changed_at  BIGINT NOT NULL,
  accessed_on BIGINT,
  deleted_at  BIGINT,
  purge_at    BIGINT,
  PRIMARY KEY (account, region, name)
);
CREATE INDEX secret_purge ON secret (purge_at) WHERE purge_at IS NOT NULL;

CREATE TABLE secret_version (
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  version_id  TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  kms_key     TEXT,
  data_key    BYTEA  NOT NULL,
  sealed      BYTEA  NOT NULL,
  created_at  BIGINT NOT NULL,
  accessed_on BIGINT,
  PRIMARY KEY (account, region, name, version_id)
);

-- A staging label sits on one version at a time.
CREATE TABLE secret_stage (
  account    TEXT NOT NULL,
  region     TEXT NOT NULL,
  name       TEXT NOT NULL,
  stage      TEXT NOT NULL,
  version_id TEXT NOT NULL,
  PRIMARY KEY (account, region, name, stage)
);
CREATE INDEX secret_stage_version ON secret_stage (account, region, name, version_id);
