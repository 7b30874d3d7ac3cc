-- What FIFO topics have taken lately: a second message of the same deduplication id is the first one.
CREATE TABLE topic_dedup (
  topic_arn  TEXT   NOT NULL,
  dedup_id   TEXT   NOT NULL,
  message_id TEXT   NOT NULL,
  sequence   BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (topic_arn, dedup_id)
);
CREATE INDEX topic_dedup_by_expiry ON topic_dedup (expires_at);

-- The last sequence number of each FIFO topic.
CREATE TABLE topic_sequence (
  topic_arn TEXT   NOT NULL PRIMARY KEY,
  last      BIGINT NOT NULL
);
