-- Mails that are owed to somebody, and what became of them. position: of the last change that it tells
-- of. reply_id: the newest reply that it tells of, first_reply_id the first. user_id: the agent whom it
-- is for. caused_by: who made the change, where they are no agent and it is for somebody else. bare: nothing
-- that they wrote stands in it. due_at: before
-- then it is not sent, and what comes meanwhile joins it. All times are UTC.
CREATE TABLE mail (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ticket_id BIGINT NOT NULL,
  first_reply_id BIGINT NULL,
  reply_id BIGINT NULL,
  note_id BIGINT NULL,
  user_id BIGINT NULL,
  address VARCHAR(254) NOT NULL,
  role VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT NOT NULL,
  caused_by BIGINT NULL,
  bare BOOLEAN NOT NULL,
  message_id VARCHAR(320) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME NOT NULL,
  due_at DATETIME NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT NOT NULL,
  reason VARCHAR(250) NULL,
  sent_at DATETIME NULL,
  PRIMARY KEY (id),
  UNIQUE KEY mail_once (ticket_id, kind, address, position),
  UNIQUE KEY mail_message (message_id),
  KEY mail_due (state, due_at),
  KEY mail_cause (caused_by, created_at),
  KEY mail_created (created_at),
  CONSTRAINT mail_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Up to where the log was looked at for mails; null until somebody does, who begins at its end.
CREATE TABLE mail_progress (
  number TINYINT NOT NULL,
  position BIGINT NULL,
  PRIMARY KEY (number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

INSERT INTO mail_progress (number, position) VALUES (1, NULL);
