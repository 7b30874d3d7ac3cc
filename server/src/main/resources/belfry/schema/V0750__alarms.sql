-- configuration: what Put…Alarm was given, as AWS's MetricAlarm or CompositeAlarm in JSON.
-- due: when the alarm must be looked at even if no data comes; null while only data can change it.
CREATE TABLE alarm (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  account         TEXT   NOT NULL,
  region          TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  kind            TEXT   NOT NULL,
  configuration   TEXT   NOT NULL,
  configured      BIGINT NOT NULL,
  actions_enabled BIGINT NOT NULL,
  state           TEXT   NOT NULL,
  reason          TEXT   NOT NULL,
  reason_data     TEXT,
  state_updated   BIGINT NOT NULL,
  transitioned    BIGINT NOT NULL,
  due             BIGINT,
  UNIQUE (account, region, name)
);
CREATE INDEX alarm_due ON alarm (due) WHERE due IS NOT NULL;

-- Which metrics an alarm looks at: to find the alarms that a changed metric concerns.
CREATE TABLE alarm_metric (
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  namespace  TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  dimensions TEXT   NOT NULL,
  alarm      BIGINT NOT NULL,
  PRIMARY KEY (account, region, namespace, name, dimensions, alarm)
);
CREATE INDEX alarm_metric_alarm ON alarm_metric (alarm);

-- Which alarms a composite alarm's rule names.
CREATE TABLE alarm_child (
  child  TEXT   NOT NULL,
  parent BIGINT NOT NULL,
  PRIMARY KEY (parent, child)
);
CREATE INDEX alarm_child_child ON alarm_child (child);

CREATE TABLE alarm_tag (
  alarm BIGINT NOT NULL,
  name  TEXT   NOT NULL,
  value TEXT   NOT NULL,
  PRIMARY KEY (alarm, name)
);

-- Survives the alarm's deletion.
CREATE TABLE alarm_history (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  account   TEXT   NOT NULL,
  region    TEXT   NOT NULL,
  alarm     TEXT   NOT NULL,
  kind      TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  item_type TEXT   NOT NULL,
  summary   TEXT   NOT NULL,
  data      TEXT   NOT NULL
);
CREATE INDEX alarm_history_alarm ON alarm_history (account, region, alarm, at, seq);
CREATE INDEX alarm_history_at ON alarm_history (account, region, at, seq);
CREATE INDEX alarm_history_age ON alarm_history (at);

-- Why an alert came or did not: one row for each run of equal decisions of an alarm.
CREATE TABLE alarm_decision (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  account  TEXT   NOT NULL,
  region   TEXT   NOT NULL,
  alarm    TEXT   NOT NULL,
  decision TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  first_at BIGINT NOT NULL,
  last_at  BIGINT NOT NULL,
  times    BIGINT NOT NULL
);
CREATE INDEX alarm_decision_alarm ON alarm_decision (account, region, alarm, seq);
CREATE INDEX alarm_decision_age ON alarm_decision (last_at);

-- One row per action to take. Everything that will be sent is fixed here, whatever becomes of the alarm.
CREATE TABLE alarm_action (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  account        TEXT   NOT NULL,
  region         TEXT   NOT NULL,
  alarm          TEXT   NOT NULL,
  kind           TEXT   NOT NULL,
  alarm_arn      TEXT   NOT NULL,
  action         TEXT   NOT NULL,
  old_state      TEXT   NOT NULL,
  new_state      TEXT   NOT NULL,
  reason         TEXT   NOT NULL,
  at             BIGINT NOT NULL,
  subject        TEXT   NOT NULL,
  message_json   TEXT   NOT NULL,
  message_email  TEXT   NOT NULL,
  message_sms    TEXT   NOT NULL,
  evidence       TEXT   NOT NULL,
  outcome        TEXT
);
CREATE INDEX alarm_action_at ON alarm_action (at);

-- Dashboards belong to no region.
CREATE TABLE dashboard (
  account  TEXT   NOT NULL,
  name     TEXT   NOT NULL,
  body     TEXT   NOT NULL,
  size     BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  PRIMARY KEY (account, name)
);
