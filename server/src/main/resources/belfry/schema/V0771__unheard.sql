-- Calls that a rule's pattern matches and its state ENABLED keeps from it: the newest that was noticed, by name.
CREATE TABLE event_unheard (
  rule_arn   TEXT   NOT NULL,
  event_name TEXT   NOT NULL,
  event_id   TEXT   NOT NULL,
  noticed    BIGINT NOT NULL,
  PRIMARY KEY (rule_arn, event_name)
);
