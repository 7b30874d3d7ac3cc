-- For delivery status logging: the message's MD5 where its outcome may be logged, and what became of the log line.
ALTER TABLE outbox ADD COLUMN message_md5 TEXT;
ALTER TABLE outbox ADD COLUMN status_log TEXT;
