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
  -- Whatever is another address has another mailbox.
  address VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  role VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT NOT NULL,
  caused_by BIGINT NULL,
  bare BOOLEAN NOT NULL,
  message_id VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
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

-- A site that came from WordPress goes on with the mails that it had there: what was not kept is off, and
-- notices that the plugin does not know are off as well. The settings that were kept have come along.
INSERT INTO site_setting (name, value)
SELECT absent.name, '' FROM site_setting imported
  JOIN (SELECT 'agent_notices' AS name UNION SELECT 'attach_files'
    UNION SELECT 'agent_reply_notices' UNION SELECT 'agent_note_notices') absent
WHERE imported.name = 'imported_at'
  AND NOT EXISTS (SELECT 1 FROM site_setting own WHERE own.name = absent.name);

-- There, who switches off the mail to customers switches off the notice of the same.
INSERT INTO site_setting (name, value)
SELECT 'disable_admin_notices', '1' FROM site_setting imported
WHERE imported.name = 'imported_at'
  AND EXISTS (SELECT 1 FROM site_setting received
    WHERE received.name = 'ticket_received_disable_email' AND received.value NOT IN ('', '0'))
  AND NOT EXISTS (SELECT 1 FROM site_setting own WHERE own.name = 'disable_admin_notices');
