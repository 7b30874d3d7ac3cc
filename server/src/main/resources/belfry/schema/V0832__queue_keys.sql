-- Data keys of queues: each sealed by the KMS key that the queue named then, or by the server's own root key where kms_key
-- is null. One is used for a while, for one producer.
CREATE TABLE queue_key (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  queue_arn  TEXT   NOT NULL,
  kms_key    TEXT,
  producer   TEXT   NOT NULL,
  data_key   BYTEA  NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX queue_key_newest ON queue_key (queue_arn, producer, created_at);
CREATE INDEX queue_key_by_age ON queue_key (created_at);

-- Who has opened a KMS data key lately: KMS is asked for it in a receiver's name once in a while.
CREATE TABLE queue_key_reader (
  key_id   BIGINT NOT NULL,
  reader   TEXT   NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, reader)
);

-- A sealed body lies in sealed, and the text beside it is empty. 0: not sealed.
ALTER TABLE queue_message ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE queue_message ADD COLUMN sealed BYTEA;
CREATE INDEX queue_message_by_key ON queue_message (key_id) WHERE key_id > 0;
