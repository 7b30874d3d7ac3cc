-- What is carried to http, https and sms endpoints: one row for each open row of the outbox (same seq), gone when that
-- is closed. Of a lane only the first is tried; a target (a host, the text message gateway) is tried a few at a time.
CREATE TABLE errand (
  seq              BIGINT NOT NULL PRIMARY KEY,
  lane             TEXT   NOT NULL,
  target           TEXT   NOT NULL,
  message_id       TEXT   NOT NULL,
  topic_arn        TEXT   NOT NULL,
  subscription_arn TEXT   NOT NULL,
  protocol         TEXT   NOT NULL,
  endpoint         TEXT   NOT NULL,
  headers          TEXT   NOT NULL,
  body             TEXT   NOT NULL,
  retries          TEXT   NOT NULL,
  dead_letter_arn  TEXT,
  dead_letter_body TEXT,
  attempts         BIGINT NOT NULL,
  queued_at        BIGINT NOT NULL,
  due_at           BIGINT NOT NULL
);
CREATE INDEX errand_by_target ON errand (target, due_at);
CREATE INDEX errand_by_lane ON errand (lane, seq);
CREATE INDEX errand_by_due ON errand (due_at);

-- When a subscription with a throttle policy may be called next.
CREATE TABLE subscription_throttle (
  subscription_arn TEXT   NOT NULL PRIMARY KEY,
  free_at          BIGINT NOT NULL
);

-- Subscriptions that ended and may come back: the token of each UnsubscribeConfirmation.
CREATE TABLE subscription_restore (
  token                       TEXT   NOT NULL PRIMARY KEY,
  arn                         TEXT   NOT NULL,
  topic_arn                   TEXT   NOT NULL,
  protocol                    TEXT   NOT NULL,
  endpoint                    TEXT   NOT NULL,
  attributes                  TEXT   NOT NULL,
  principal                   TEXT   NOT NULL,
  authenticate_on_unsubscribe BIGINT NOT NULL,
  expires_at                  BIGINT NOT NULL
);
CREATE INDEX subscription_restore_by_expiry ON subscription_restore (expires_at);

-- The keys that messages are signed with: the newest signs, the certificates of all stay to be fetched.
CREATE TABLE signing_key (
  id          TEXT   NOT NULL PRIMARY KEY,
  sealed      BYTEA  NOT NULL,
  certificate TEXT   NOT NULL,
  created_at  BIGINT NOT NULL
);
