-- S3. Bucket names are unique across accounts and regions, so the name alone is the key.
-- Keys sort by their UTF-8 bytes, as S3 lists them: SQLite's own order; PostgreSQL needs COLLATE "C" there.
CREATE TABLE bucket (
  name       TEXT   NOT NULL PRIMARY KEY,
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  created    BIGINT NOT NULL,
  versioning TEXT   NOT NULL              -- '', 'Enabled' or 'Suspended'
);
CREATE INDEX bucket_owner ON bucket (account, name);

-- What hangs on a bucket and is only carried: policy, tagging, encryption, lifecycle, public-access-block, ownership.
CREATE TABLE bucket_setting (
  bucket   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (bucket, kind)
);

-- One row per version; a key's newest version has the highest seq. Outside versioning the one version is named 'null'.
CREATE TABLE object_version (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket        TEXT   NOT NULL,
  object_key    TEXT   NOT NULL,
  version       TEXT   NOT NULL,
  latest        BIGINT NOT NULL,
  marker        BIGINT NOT NULL,          -- a delete marker, without content
  modified      BIGINT NOT NULL,
  superseded    BIGINT,                   -- since when a newer version stands above it
  size          BIGINT NOT NULL,
  etag          TEXT   NOT NULL,          -- without its quotes
  parts         BIGINT NOT NULL,          -- of a multipart upload, else 0
  storage_class TEXT   NOT NULL,
  checksum      TEXT   NOT NULL,          -- algorithm/type/value, '' for a delete marker
  headers       TEXT   NOT NULL,          -- JSON: content headers and user metadata
  tags          TEXT   NOT NULL,          -- JSON object
  content       TEXT   NOT NULL,          -- its pieces
  UNIQUE (bucket, object_key, version)
);
CREATE UNIQUE INDEX object_current ON object_version (bucket, object_key) WHERE latest = 1;
CREATE INDEX object_versions ON object_version (bucket, object_key, seq DESC);

-- Bytes as written, in chunks of one size but the last. A blob never changes.
CREATE TABLE blob (
  id      TEXT   NOT NULL PRIMARY KEY,
  key     BYTEA  NOT NULL,                -- the data key, sealed by the root key
  expires BIGINT                          -- when nobody refers to it: from then on it may be swept; null while in use
);
CREATE INDEX blob_expiring ON blob (expires) WHERE expires IS NOT NULL;
CREATE TABLE blob_chunk (
  blob   TEXT   NOT NULL,
  number BIGINT NOT NULL,
  data   BYTEA  NOT NULL,
  PRIMARY KEY (blob, number)
);

-- A content is a list of ranges of blobs, so that completing an upload and copying an object move no bytes.
CREATE TABLE piece (
  content TEXT   NOT NULL,
  number  BIGINT NOT NULL,                -- part number * 1000000 + position in the part
  blob    TEXT   NOT NULL,
  start   BIGINT NOT NULL,
  length  BIGINT NOT NULL,
  PRIMARY KEY (content, number)
);
CREATE INDEX piece_blob ON piece (blob);

CREATE TABLE upload (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT   NOT NULL UNIQUE,
  bucket        TEXT   NOT NULL,
  object_key    TEXT   NOT NULL,
  initiated     BIGINT NOT NULL,
  initiator     TEXT   NOT NULL,
  storage_class TEXT   NOT NULL,
  algorithm     TEXT   NOT NULL,          -- '' where the client named none
  checksum_type TEXT   NOT NULL,
  headers       TEXT   NOT NULL,
  tags          TEXT   NOT NULL
);
CREATE INDEX upload_listing ON upload (bucket, object_key, seq);
CREATE TABLE upload_part (
  upload   TEXT   NOT NULL,
  number   BIGINT NOT NULL,
  etag     TEXT   NOT NULL,
  size     BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  checksum TEXT   NOT NULL,
  content  TEXT   NOT NULL,
  PRIMARY KEY (upload, number)
);
