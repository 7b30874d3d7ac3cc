-- Redrives: messages moved out of a dead-letter queue, oldest first, up to the newest that lay there at the start. Those
-- that run have the time of their next batch.
CREATE TABLE message_move (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT   NOT NULL UNIQUE,
  source_arn      TEXT   NOT NULL,
  destination_arn TEXT,
  per_second      BIGINT,
  status          TEXT   NOT NULL,
  failure         TEXT,
  to_move         BIGINT NOT NULL,
  moved           BIGINT NOT NULL,
  up_to           BIGINT NOT NULL,
  started_at      BIGINT NOT NULL,
  next_at         BIGINT
);
CREATE INDEX message_move_by_source ON message_move (source_arn, seq);
CREATE INDEX message_move_next ON message_move (next_at) WHERE next_at IS NOT NULL;
