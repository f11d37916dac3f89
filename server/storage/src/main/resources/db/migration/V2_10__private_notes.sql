-- What agents note on tickets for each other. In WordPress they are comments, whose ids they keep.
CREATE TABLE ticket_note (
  id BIGINT NOT NULL AUTO_INCREMENT,
  ticket_id BIGINT NOT NULL,
  author_id BIGINT NULL,
  author_name VARCHAR(255) NOT NULL DEFAULT '',
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  content_raw MEDIUMTEXT NOT NULL,
  content_rendered LONGTEXT NOT NULL,
  PRIMARY KEY (id),
  KEY ticket_note_ticket (ticket_id, date_gmt, id),
  CONSTRAINT ticket_note_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
  CONSTRAINT ticket_note_author FOREIGN KEY (author_id) REFERENCES app_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
