-- What WordPress had logged of tickets, before the log here: its posts, whose ids they keep. The
-- columns are those of change_log.
CREATE TABLE past_change (
  id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  at DATETIME NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id BIGINT NOT NULL,
  action VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fields MEDIUMTEXT COLLATE utf8mb4_bin NULL,
  user_id BIGINT NULL,
  PRIMARY KEY (id),
  KEY past_change_ticket (ticket_id, at),
  CONSTRAINT past_change_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT past_change_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
