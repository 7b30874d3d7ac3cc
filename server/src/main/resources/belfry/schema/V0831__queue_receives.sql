-- When a message was received last: it can be hidden for twelve hours from then. When a queue was emptied last.
ALTER TABLE queue_message ADD COLUMN received_at BIGINT;
ALTER TABLE queue ADD COLUMN purged_at BIGINT;

-- What a FIFO queue's receiver was given under an attempt id, so that it is given the same when it asks again.
CREATE TABLE queue_attempt (
  queue_arn  TEXT   NOT NULL,
  attempt_id TEXT   NOT NULL,
  receipts   TEXT   NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (queue_arn, attempt_id)
);
CREATE INDEX queue_attempt_expiry ON queue_attempt (expires_at);
