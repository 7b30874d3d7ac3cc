-- The first event in which a principal, or an address, successfully made a call on a secret.
CREATE TABLE sighting (
  account  TEXT NOT NULL,
  secret   TEXT NOT NULL,
  call     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  value    TEXT NOT NULL,
  event_id TEXT NOT NULL,
  PRIMARY KEY (account, secret, call, kind, value)
);
