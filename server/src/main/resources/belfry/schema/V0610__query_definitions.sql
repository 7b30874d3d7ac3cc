-- Saved queries. token: the client's own, so that a repeated call makes no second one.
CREATE TABLE log_query_definition (
  account    TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  id         TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  language   TEXT   NOT NULL,
  query      TEXT   NOT NULL,
  log_groups TEXT   NOT NULL,
  parameters TEXT   NOT NULL,
  modified   BIGINT NOT NULL,
  token      TEXT,
  PRIMARY KEY (account, region, id)
);
CREATE INDEX log_query_definition_name ON log_query_definition (account, region, name, id);
CREATE UNIQUE INDEX log_query_definition_token ON log_query_definition (account, region, token) WHERE token IS NOT NULL;
