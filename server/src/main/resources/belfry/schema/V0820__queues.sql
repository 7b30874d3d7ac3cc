-- SQS queues, with only those attributes that were set.
CREATE TABLE queue (
  arn        TEXT   NOT NULL PRIMARY KEY,
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  attributes TEXT   NOT NULL,
  tags       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX queue_by_place ON queue (account, region, name);

-- A message is in flight while it has a receipt and visible_at lies ahead; delayed while it lies ahead without one.
CREATE TABLE queue_message (
  seq               INTEGER PRIMARY KEY AUTOINCREMENT,
  queue_arn         TEXT   NOT NULL,
  message_id        TEXT   NOT NULL,
  body              TEXT   NOT NULL,
  attributes        TEXT   NOT NULL,
  sender            TEXT   NOT NULL,
  group_id          TEXT,
  dedup_id          TEXT,
  trace             TEXT,
  dead_letter_from  TEXT,
  sent_at           BIGINT NOT NULL,
  visible_at        BIGINT NOT NULL,
  expires_at        BIGINT NOT NULL,
  first_received_at BIGINT,
  receive_count     BIGINT NOT NULL,
  receipt           TEXT
);
CREATE INDEX queue_message_visible ON queue_message (queue_arn, visible_at);
CREATE INDEX queue_message_group ON queue_message (queue_arn, group_id, seq);
CREATE INDEX queue_message_expiry ON queue_message (expires_at);

-- What FIFO queues have taken lately: a second message of the same deduplication id is the first one.
CREATE TABLE queue_dedup (
  queue_arn  TEXT   NOT NULL,
  dedup_id   TEXT   NOT NULL,
  message_id TEXT   NOT NULL,
  seq        BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (queue_arn, dedup_id)
);
CREATE INDEX queue_dedup_expiry ON queue_dedup (expires_at);
