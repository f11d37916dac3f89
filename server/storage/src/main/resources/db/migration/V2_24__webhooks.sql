-- What is to be done by one of several servers, and when; the table of db-scheduler.
CREATE TABLE job (
  task_name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  task_instance VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  task_data BLOB NULL,
  execution_time DATETIME(6) NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by VARCHAR(50) NULL,
  last_success DATETIME(6) NULL,
  last_failure DATETIME(6) NULL,
  consecutive_failures INT NULL,
  last_heartbeat DATETIME(6) NULL,
  version BIGINT NOT NULL,
  priority SMALLINT NULL,
  PRIMARY KEY (task_name, task_instance),
  KEY job_due (picked, execution_time),
  KEY job_heartbeat (last_heartbeat)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Where changes are sent to. types: separated by commas, none for all. position: up to where the log
-- was looked at. rests_until: when the log is looked at again; null for at once. failures: attempts
-- since the last that went well. site_url: where its user reaches this server. All times are UTC.
CREATE TABLE webhook (
  id BIGINT NOT NULL AUTO_INCREMENT,
  user_id BIGINT NOT NULL,
  url VARCHAR(2000) COLLATE utf8mb4_bin NOT NULL,
  description VARCHAR(250) NOT NULL,
  types VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  signature VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  status_changed DATETIME NOT NULL,
  site_url VARCHAR(2000) COLLATE utf8mb4_bin NOT NULL,
  position BIGINT NOT NULL,
  rests_until DATETIME NULL,
  failures INT NOT NULL,
  last_delivered DATETIME NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  KEY webhook_user (user_id, id),
  KEY webhook_work (status, position),
  CONSTRAINT webhook_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What messages are signed with: as it is, or nothing could be signed. valid_until: null for the one
-- that no other has taken the place of.
CREATE TABLE webhook_secret (
  id BIGINT NOT NULL AUTO_INCREMENT,
  webhook_id BIGINT NOT NULL,
  secret VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME NOT NULL,
  valid_until DATETIME NULL,
  PRIMARY KEY (id),
  KEY webhook_secret_webhook (webhook_id, id),
  CONSTRAINT webhook_secret_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Messages, and how they were received. position: of the change in the log; null for a test.
CREATE TABLE webhook_delivery (
  id BIGINT NOT NULL AUTO_INCREMENT,
  webhook_id BIGINT NOT NULL,
  position BIGINT NULL,
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ticket_id BIGINT NULL,
  status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT NOT NULL,
  created_at DATETIME NOT NULL,
  first_attempt DATETIME NULL,
  last_attempt DATETIME NULL,
  next_attempt DATETIME NULL,
  answer SMALLINT NULL,
  duration INT NULL,
  error VARCHAR(250) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY webhook_delivery_position (webhook_id, position),
  KEY webhook_delivery_newest (webhook_id, id),
  KEY webhook_delivery_waiting (webhook_id, status, position),
  KEY webhook_delivery_created (created_at),
  CONSTRAINT webhook_delivery_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
