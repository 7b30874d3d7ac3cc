-- Event buses that were created, and the default bus of an account and region once something hangs on it. The revision
-- changes with every rule of the bus: what is compiled from its rules is kept under it.
CREATE TABLE event_bus (
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  description TEXT,
  policy      TEXT,
  tags        TEXT   NOT NULL,
  revision    TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  changed_at  BIGINT NOT NULL,
  PRIMARY KEY (account, region, name)
);

-- next_at is set for enabled rules with a schedule.
CREATE TABLE event_rule (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  bus         TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  pattern     TEXT,
  schedule    TEXT,
  description TEXT,
  role_arn    TEXT,
  tags        TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  next_at     BIGINT,
  UNIQUE (account, region, bus, name)
);
CREATE INDEX event_rule_due ON event_rule (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE event_target (
  rule_id BIGINT NOT NULL,
  id      TEXT   NOT NULL,
  arn     TEXT   NOT NULL,
  target  TEXT   NOT NULL,
  PRIMARY KEY (rule_id, id)
);
CREATE INDEX event_target_by_arn ON event_target (arn);

-- One row for each matched event, rule and target, with what became of it. A row is open while next_at is set; lane says
-- who works on it: the service of its target, or dlq once it is to be buried. Rows outlive their rule.
CREATE TABLE event_delivery (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  rule_arn    TEXT   NOT NULL,
  target_id   TEXT   NOT NULL,
  target_arn  TEXT   NOT NULL,
  group_id    TEXT,
  dlq_arn     TEXT,
  max_retries BIGINT NOT NULL,
  gives_up_at BIGINT NOT NULL,
  event_id    TEXT   NOT NULL,
  event       TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  forwarded   BIGINT NOT NULL,
  lane        TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  code        TEXT   NOT NULL,
  reason      TEXT   NOT NULL,
  exhausted   TEXT,
  attempts    BIGINT NOT NULL,
  matched_at  BIGINT NOT NULL,
  next_at     BIGINT,
  done_at     BIGINT
);
CREATE INDEX event_delivery_open ON event_delivery (lane, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX event_delivery_done ON event_delivery (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX event_delivery_by_event ON event_delivery (event_id);
