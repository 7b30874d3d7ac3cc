-- Queues whose depth and age are told to the metrics each minute: those with messages now or in the last six hours.
CREATE TABLE queue_gauge (
  queue_arn    TEXT   NOT NULL PRIMARY KEY,
  active_until BIGINT NOT NULL
);
