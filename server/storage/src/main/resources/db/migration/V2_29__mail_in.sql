-- Mails that were fetched from the mailbox, and what became of them. digest: by which one is known again,
-- should it be fetched once more. state: taken, or put aside, with the reason. reply_id: what it became.
-- received_at is UTC.
CREATE TABLE received_mail (
  id BIGINT NOT NULL AUTO_INCREMENT,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_id VARCHAR(400) NOT NULL,
  sender VARCHAR(254) NOT NULL,
  subject VARCHAR(250) NOT NULL,
  received_at DATETIME NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(250) NULL,
  ticket_id BIGINT NULL,
  reply_id BIGINT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY received_mail_digest (digest),
  KEY received_mail_sender (sender, received_at),
  KEY received_mail_received (received_at),
  CONSTRAINT received_mail_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
