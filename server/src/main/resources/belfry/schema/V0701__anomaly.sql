-- Anomaly detectors, as they were put; configuration is AWS's AnomalyDetectorConfiguration in JSON.
CREATE TABLE anomaly_detector (
  account       TEXT   NOT NULL,
  region        TEXT   NOT NULL,
  namespace     TEXT   NOT NULL,
  name          TEXT   NOT NULL,
  dimensions    TEXT   NOT NULL,
  stat          TEXT   NOT NULL,
  configuration TEXT   NOT NULL,
  PRIMARY KEY (account, region, namespace, name, dimensions, stat)
);

-- What was learnt from a metric's last two weeks, up to the full hour trained; learnt anew each hour while alarms ask for it.
-- numbers: empty while there is too little to learn from.
CREATE TABLE anomaly_model (
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  namespace  TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  dimensions TEXT   NOT NULL,
  stat       TEXT   NOT NULL,
  unit       TEXT   NOT NULL,
  period     BIGINT NOT NULL,
  zone       TEXT   NOT NULL,
  trained    BIGINT NOT NULL,
  numbers    TEXT   NOT NULL,
  PRIMARY KEY (account, region, namespace, name, dimensions, stat, unit, period)
);
