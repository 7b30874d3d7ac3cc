-- When a subscription with a digest is quiet again. While its row is here, messages are gathered rather than sent.
CREATE TABLE digest_window (
  subscription_arn TEXT   NOT NULL PRIMARY KEY,
  opened_at        BIGINT NOT NULL,
  ends_at          BIGINT NOT NULL,
  gathered         BIGINT NOT NULL
);
CREATE INDEX digest_window_by_end ON digest_window (ends_at);

-- What a gathered message adds to its digest, and the row of the outbox that carries that; null while it waits.
ALTER TABLE outbox ADD COLUMN digest_line TEXT;
ALTER TABLE outbox ADD COLUMN digest BIGINT;
CREATE INDEX outbox_by_digest ON outbox (digest) WHERE digest IS NOT NULL;
CREATE INDEX outbox_gathered ON outbox (subscription_arn, seq) WHERE state = 'Gathered' AND digest IS NULL;
