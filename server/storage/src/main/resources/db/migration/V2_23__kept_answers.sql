-- What a request with an Idempotency-Key was answered, to be answered again for a day; written in the
-- transaction of the change. id: a digest of the user and the key. request: a digest of what was asked.
-- at: UTC. head: its headers, an object of JSON. body: JSON, compressed; empty where it is not kept.
-- Without a foreign key to the user: a request would hold a lock there until it ends.
CREATE TABLE kept_answer (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME NOT NULL,
  status SMALLINT NOT NULL,
  head MEDIUMTEXT COLLATE utf8mb4_bin NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  KEY kept_answer_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
