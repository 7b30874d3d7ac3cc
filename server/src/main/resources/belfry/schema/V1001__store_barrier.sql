-- One row, changed when earlier commits have to be taken to disk.
CREATE TABLE store_barrier (
  id     INTEGER NOT NULL PRIMARY KEY,
  passed BIGINT  NOT NULL
);
