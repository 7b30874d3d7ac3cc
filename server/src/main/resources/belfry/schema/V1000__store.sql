-- How far each stage has come in the rows of the stage before it.
CREATE TABLE cursor_position (
  name     TEXT   NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL
);
