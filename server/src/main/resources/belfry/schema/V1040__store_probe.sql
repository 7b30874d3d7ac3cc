-- What health writes, and takes away again, to learn whether a store that failed has room once more.
CREATE TABLE store_probe (
  id   BIGINT NOT NULL PRIMARY KEY,
  room BYTEA  NOT NULL
);
