-- SNS topics, with only those attributes that were set.
CREATE TABLE topic (
  arn                   TEXT   NOT NULL PRIMARY KEY,
  account               TEXT   NOT NULL,
  region                TEXT   NOT NULL,
  attributes            TEXT   NOT NULL,
  tags                  TEXT   NOT NULL,
  subscriptions_deleted BIGINT NOT NULL,
  created_at            BIGINT NOT NULL
);
CREATE INDEX topic_by_place ON topic (account, region, arn);

-- A subscription waits for its confirmation while expires_at is set; nothing but the confirmation mail goes out then.
CREATE TABLE subscription (
  arn                         TEXT   NOT NULL PRIMARY KEY,
  topic_arn                   TEXT   NOT NULL,
  account                     TEXT   NOT NULL,
  region                      TEXT   NOT NULL,
  protocol                    TEXT   NOT NULL,
  endpoint                    TEXT   NOT NULL,
  attributes                  TEXT   NOT NULL,
  principal                   TEXT   NOT NULL,
  expires_at                  BIGINT,
  confirmed_authenticated     BIGINT NOT NULL,
  authenticate_on_unsubscribe BIGINT NOT NULL,
  UNIQUE (topic_arn, protocol, endpoint)
);
CREATE INDEX subscription_by_place ON subscription (account, region, arn);
CREATE INDEX subscription_pending ON subscription (expires_at) WHERE expires_at IS NOT NULL;

-- The tokens of confirmation mails. Each mail has its own; all of them stay good until they expire.
CREATE TABLE subscription_token (
  token            TEXT   NOT NULL PRIMARY KEY,
  subscription_arn TEXT   NOT NULL,
  expires_at       BIGINT NOT NULL
);
CREATE INDEX subscription_token_by_subscription ON subscription_token (subscription_arn);
CREATE INDEX subscription_token_by_expiry ON subscription_token (expires_at);

-- One row for each message and subscription, whatever was decided about it. A lane keeps its order: of its open rows
-- only the first is tried.
CREATE TABLE outbox (
  seq              INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id       TEXT   NOT NULL,
  topic_arn        TEXT   NOT NULL,
  subscription_arn TEXT   NOT NULL,
  lane             TEXT   NOT NULL,
  protocol         TEXT   NOT NULL,
  endpoint         TEXT   NOT NULL,
  mail_id          TEXT   NOT NULL,
  sender           TEXT   NOT NULL,
  subject          TEXT   NOT NULL,
  text             TEXT   NOT NULL,
  html             TEXT,
  unsubscribe_url  TEXT,
  state            TEXT   NOT NULL,
  reason           TEXT   NOT NULL,
  attempts         BIGINT NOT NULL,
  waits_for_server BIGINT NOT NULL,
  queued_at        BIGINT NOT NULL,
  next_at          BIGINT,
  done_at          BIGINT
);
CREATE INDEX outbox_open ON outbox (lane, seq) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_next ON outbox (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_by_message ON outbox (message_id);
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- The pages behind the links in alert mails, ready to show.
CREATE TABLE alert_page (
  token      TEXT   NOT NULL PRIMARY KEY,
  html       TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX alert_page_by_age ON alert_page (created_at);
