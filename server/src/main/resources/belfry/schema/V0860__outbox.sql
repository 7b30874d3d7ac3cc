-- Which alarm a mail is about, what it answers to, and until when it is tried.
ALTER TABLE outbox ADD COLUMN alarm TEXT;
ALTER TABLE outbox ADD COLUMN in_reply_to TEXT;
ALTER TABLE outbox ADD COLUMN mail_references TEXT;
ALTER TABLE outbox ADD COLUMN give_up_at BIGINT;
UPDATE outbox SET give_up_at = queued_at + 604800000 WHERE next_at IS NOT NULL;
CREATE INDEX outbox_by_alarm ON outbox (alarm, seq) WHERE alarm IS NOT NULL;
CREATE INDEX outbox_by_endpoint ON outbox (endpoint, seq);

-- Each try of each mail, with what was said.
CREATE TABLE delivery_attempt (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  outbox  BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  outcome TEXT   NOT NULL,
  reason  TEXT   NOT NULL
);
CREATE INDEX delivery_attempt_of ON delivery_attempt (outbox, seq);

-- The mails about one alarm to one subscriber hang together: the first and the last so far.
CREATE TABLE mail_thread (
  subscription_arn TEXT   NOT NULL,
  alarm            TEXT   NOT NULL,
  root             TEXT   NOT NULL,
  last             TEXT   NOT NULL,
  at               BIGINT NOT NULL,
  PRIMARY KEY (subscription_arn, alarm)
);
CREATE INDEX mail_thread_by_age ON mail_thread (at);
