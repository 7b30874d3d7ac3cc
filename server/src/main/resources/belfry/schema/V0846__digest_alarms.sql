-- When an ALARM came last: the first one is not kept waiting by messages of less weight.
ALTER TABLE digest_window ADD COLUMN alarm_at BIGINT;

-- What was gathered, and what was mailed at once meanwhile.
DROP INDEX outbox_gathered;
CREATE INDEX outbox_digest_lines ON outbox (subscription_arn, seq) WHERE digest_line IS NOT NULL AND digest IS NULL;
