-- Actions of a composite alarm that its suppressor holds back (suppressed_by: WaitPeriod, ExtensionPeriod or Alarm), and of any
-- alarm that a mute rule holds back. held_from: the state before the first change whose actions were held; null when none are.
ALTER TABLE alarm ADD COLUMN suppressor TEXT;
ALTER TABLE alarm ADD COLUMN suppressed_by TEXT;
ALTER TABLE alarm ADD COLUMN suppressed_until BIGINT;
ALTER TABLE alarm ADD COLUMN held_from TEXT;
CREATE INDEX alarm_suppressor ON alarm (account, region, suppressor) WHERE suppressor IS NOT NULL;

-- Mute rules. due: when the window that is open now ends or the next one begins; null once the rule has expired.
CREATE TABLE alarm_mute (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account     TEXT   NOT NULL,
  region      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  description TEXT,
  expression  TEXT   NOT NULL,
  duration    TEXT   NOT NULL,
  timezone    TEXT,
  starts      BIGINT,
  expires     BIGINT,
  updated     BIGINT NOT NULL,
  due         BIGINT,
  UNIQUE (account, region, name)
);
CREATE INDEX alarm_mute_due ON alarm_mute (due) WHERE due IS NOT NULL;

CREATE TABLE alarm_mute_target (
  alarm TEXT   NOT NULL,
  mute  BIGINT NOT NULL,
  PRIMARY KEY (mute, alarm)
);
CREATE INDEX alarm_mute_target_alarm ON alarm_mute_target (alarm);

CREATE TABLE alarm_mute_tag (
  mute  BIGINT NOT NULL,
  name  TEXT   NOT NULL,
  value TEXT   NOT NULL,
  PRIMARY KEY (mute, name)
);
