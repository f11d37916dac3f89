-- What was changed, when, by whom: a row for each thing that a transaction changed, written in it.
-- position: the order of everything, given after the commit. at: UTC. ticket_id: the ticket that it
-- belongs to, and revision: how often that one had been changed by then. fields: an object of JSON.
CREATE TABLE change_log (
  id BIGINT NOT NULL AUTO_INCREMENT,
  position BIGINT NULL,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  action VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ticket_id BIGINT NULL,
  revision BIGINT NULL,
  fields MEDIUMTEXT COLLATE utf8mb4_bin NULL,
  user_id BIGINT NULL,
  credential CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  request_id VARCHAR(128) COLLATE utf8mb4_bin NULL,
  source VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY change_log_position (position),
  KEY change_log_ticket (ticket_id, at, revision),
  KEY change_log_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- One row. last_position: the last that was given. folded: up to where rows were taken away.
CREATE TABLE change_sequence (
  number TINYINT NOT NULL,
  last_position BIGINT NOT NULL,
  folded BIGINT NOT NULL,
  PRIMARY KEY (number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

INSERT INTO change_sequence (number, last_position, folded)
SELECT one.number, 0, 0 FROM (SELECT 1 AS number) one
WHERE NOT EXISTS (SELECT 1 FROM change_sequence already WHERE already.number = 1);

-- How many transactions have changed a ticket, or what hangs on it, since there is a log.
ALTER TABLE ticket ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
