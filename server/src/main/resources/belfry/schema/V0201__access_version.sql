-- Changes with everything that changes who may do what in an account, so that parsed policies may be kept meanwhile.
CREATE TABLE iam_version (
  account TEXT NOT NULL PRIMARY KEY,
  version TEXT NOT NULL
);
