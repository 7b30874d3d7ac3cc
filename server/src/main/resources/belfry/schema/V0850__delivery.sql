-- The built-in mailbox: where mail lands when no mail server was named.
CREATE TABLE mailbox (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  mail_id     TEXT   NOT NULL UNIQUE,
  recipient   TEXT   NOT NULL,
  sender      TEXT   NOT NULL,
  subject     TEXT   NOT NULL,
  text        TEXT   NOT NULL,
  html        TEXT,
  received_at BIGINT NOT NULL
);
