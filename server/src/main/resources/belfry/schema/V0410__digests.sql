-- Keys that sign digests, one after the other per region. The public half stays for good; the private half, sealed by the
-- root key, goes when the next key comes: what it signed cannot be signed again.
CREATE TABLE trail_signing_key (
  region      TEXT   NOT NULL,
  fingerprint TEXT   NOT NULL,
  public_key  BYTEA  NOT NULL,
  private_key BYTEA,
  valid_from  BIGINT NOT NULL,
  valid_to    BIGINT NOT NULL,
  PRIMARY KEY (region, fingerprint)
);

-- Log files delivered by trails with validation and not yet in a digest; written with the file, deleted with the digest.
CREATE TABLE trail_log_file (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  trail_id     BIGINT NOT NULL,
  region       TEXT   NOT NULL,
  bucket       TEXT   NOT NULL,
  object_key   TEXT   NOT NULL,
  hash         TEXT   NOT NULL,
  newest       BIGINT NOT NULL,
  oldest       BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL
);
CREATE INDEX trail_log_file_waiting ON trail_log_file (trail_id, region, delivered_at);

-- Where each chain of digests stands. A chain that ended keeps its row, so that the next one starts after it.
CREATE TABLE trail_digest_chain (
  trail_id   BIGINT NOT NULL,
  region     TEXT   NOT NULL,
  running    BIGINT NOT NULL,
  next_start BIGINT NOT NULL,
  bucket     TEXT,
  object_key TEXT,
  hash       TEXT,
  signature  TEXT,
  PRIMARY KEY (trail_id, region)
);
