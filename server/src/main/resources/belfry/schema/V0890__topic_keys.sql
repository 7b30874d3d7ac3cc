-- Data keys of encrypted topics, each sealed by the KMS key that the topic named then. A producer's is used for five
-- minutes. Where data_key is null KMS refused a service: remembered as long, so that it is not recorded over and over.
CREATE TABLE topic_key (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  topic_arn  TEXT   NOT NULL,
  kms_key    TEXT   NOT NULL,
  producer   TEXT   NOT NULL,
  data_key   BYTEA,
  created_at BIGINT NOT NULL
);
CREATE INDEX topic_key_newest ON topic_key (topic_arn, producer, created_at);
CREATE INDEX topic_key_by_age ON topic_key (created_at);

-- What is kept of an encrypted topic's messages is sealed under a data key; the text beside it is empty then. 0: none.
ALTER TABLE outbox ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN sealed BYTEA;
CREATE INDEX outbox_by_key ON outbox (key_id) WHERE key_id > 0;
ALTER TABLE errand ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE errand ADD COLUMN sealed BYTEA;
CREATE INDEX errand_by_key ON errand (key_id) WHERE key_id > 0;
ALTER TABLE alert_page ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alert_page ADD COLUMN sealed BYTEA;
CREATE INDEX alert_page_by_key ON alert_page (key_id) WHERE key_id > 0;
ALTER TABLE mailbox ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailbox ADD COLUMN sealed BYTEA;
CREATE INDEX mailbox_by_key ON mailbox (key_id) WHERE key_id > 0;
