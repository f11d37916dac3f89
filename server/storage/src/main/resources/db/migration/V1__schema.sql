-- The help desk. Written for MySQL 8.0+ and MariaDB 10.6+ alike.
-- All *_gmt and *_at columns are UTC. date_local and modified_local are the site's wall clock, kept
-- beside them because WordPress keeps both and sorts and filters by the local one.

CREATE TABLE site_setting (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- One id space for all that were posts in WordPress, so that ids stay and never collide.
CREATE TABLE post (
  id BIGINT NOT NULL AUTO_INCREMENT,
  type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- "missing" marks a row that only stands for an id that something refers to.
CREATE TABLE app_user (
  id BIGINT NOT NULL AUTO_INCREMENT,
  login VARCHAR(60) NOT NULL,
  email VARCHAR(254) NOT NULL,
  display_name VARCHAR(250) NOT NULL DEFAULT '',
  first_name VARCHAR(255) NOT NULL DEFAULT '',
  last_name VARCHAR(255) NOT NULL DEFAULT '',
  missing BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (id),
  UNIQUE KEY app_user_login (login),
  KEY app_user_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE user_role (
  user_id BIGINT NOT NULL,
  role VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, role),
  KEY user_role_role (role, user_id),
  CONSTRAINT user_role_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE application_password (
  uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL,
  name VARCHAR(255) NOT NULL,
  hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (uuid),
  KEY application_password_user (user_id),
  CONSTRAINT application_password_user FOREIGN KEY (user_id) REFERENCES app_user (id)
    ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Companies take their ids from post. The stand-in for a company that does not exist takes none, so
-- that an odd reference does not push the ids of new posts up.
CREATE TABLE company (
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  contact_customer_id BIGINT NULL,
  contact VARCHAR(255) NOT NULL DEFAULT '',
  email VARCHAR(254) NOT NULL DEFAULT '',
  phone VARCHAR(255) NOT NULL DEFAULT '',
  website VARCHAR(2048) NOT NULL DEFAULT '',
  content MEDIUMTEXT NOT NULL,
  missing BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE customer (
  id BIGINT NOT NULL AUTO_INCREMENT,
  user_id BIGINT NULL,
  email VARCHAR(254) NULL,
  name VARCHAR(2048) NOT NULL DEFAULT '',
  company_id BIGINT NULL,
  primary_phone VARCHAR(255) NULL,
  additional_phone VARCHAR(255) NULL,
  website VARCHAR(2048) NULL,
  address_line1 VARCHAR(255) NULL,
  address_line2 VARCHAR(255) NULL,
  address_city VARCHAR(255) NULL,
  address_state VARCHAR(255) NULL,
  address_country VARCHAR(255) NULL,
  address_zip VARCHAR(255) NULL,
  notes MEDIUMTEXT NULL,
  created_at DATETIME NULL,
  missing BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (id),
  UNIQUE KEY customer_email (email),
  KEY customer_user (user_id),
  KEY customer_company (company_id),
  CONSTRAINT customer_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT customer_company FOREIGN KEY (company_id) REFERENCES company (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- New customers take their ids from here, not from an AUTO_INCREMENT of their own table: an imported
-- ticket may name a customer far above all others that does not exist, and its stand-in must not
-- push the ids of new customers up there.
CREATE TABLE customer_id (
  id BIGINT NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE customer_email (
  customer_id BIGINT NOT NULL,
  email VARCHAR(254) NOT NULL,
  PRIMARY KEY (customer_id, email),
  KEY customer_email_email (email),
  CONSTRAINT customer_email_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
    ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- taxonomy: ticket_categories, ticket_tag, ticket_sources or ticket_departments (the names on the wire).
CREATE TABLE term (
  id BIGINT NOT NULL AUTO_INCREMENT,
  taxonomy VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  slug VARCHAR(200) NOT NULL,
  description TEXT NOT NULL,
  parent_id BIGINT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY term_taxonomy (taxonomy, slug),
  CONSTRAINT term_parent FOREIGN KEY (parent_id) REFERENCES term (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE department_agent (
  department_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (department_id, user_id),
  KEY department_agent_user (user_id, department_id),
  CONSTRAINT department_agent_term FOREIGN KEY (department_id) REFERENCES term (id)
    ON DELETE CASCADE,
  CONSTRAINT department_agent_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- registered: listed and accepted by filters. assignable: an update may set it.
CREATE TABLE ticket_status (
  slug VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  label VARCHAR(200) NOT NULL,
  registered BOOLEAN NOT NULL,
  assignable BOOLEAN NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (slug)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

INSERT INTO ticket_status (slug, label, registered, assignable, position) VALUES
  ('new', 'New', TRUE, FALSE, 10),
  ('open', 'Open', TRUE, TRUE, 20),
  ('hold', 'On Hold', TRUE, TRUE, 30),
  ('closed', 'Closed', TRUE, TRUE, 40);

-- The last ticket number that was given out, one row.
CREATE TABLE ticket_sequence (
  id TINYINT NOT NULL,
  last_number BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

INSERT INTO ticket_sequence (id, last_number) VALUES (1, 0);

-- title_key: the start of the title, so that sorting by title can use an index.
-- In first_name … website NULL means "not given" and '' "given, but empty".
CREATE TABLE ticket (
  id BIGINT NOT NULL,
  number VARCHAR(191) NULL,
  ticket_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  modified_local DATETIME NOT NULL,
  modified_gmt DATETIME NOT NULL,
  title_key VARCHAR(191) NOT NULL,
  title_raw TEXT NOT NULL,
  title_rendered MEDIUMTEXT NOT NULL,
  content_raw MEDIUMTEXT NOT NULL,
  content_rendered LONGTEXT NOT NULL,
  agent_id BIGINT NULL,
  customer_id BIGINT NULL,
  company_id BIGINT NULL,
  user_id BIGINT NULL,
  email VARCHAR(254) NULL,
  first_name VARCHAR(1000) NULL,
  last_name VARCHAR(1000) NULL,
  primary_phone VARCHAR(255) NULL,
  additional_phone VARCHAR(255) NULL,
  website VARCHAR(2048) NULL,
  user_info_id BIGINT NULL,
  user_info_email VARCHAR(254) NULL,
  resolved_local DATETIME NULL,
  last_reply_by TINYINT NULL,
  reply_count INT NOT NULL DEFAULT 0,
  form_id VARCHAR(64) NULL,
  form_data LONGTEXT NULL,
  created_by BIGINT NULL,
  user_ip VARCHAR(255) NULL,
  protected BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (id),
  KEY ticket_number (number),
  KEY ticket_status (status),
  KEY ticket_date (date_local, id),
  KEY ticket_modified (modified_local, id),
  KEY ticket_title (title_key, id),
  KEY ticket_agent (agent_id, status),
  KEY ticket_customer (customer_id, status),
  KEY ticket_company (company_id, status),
  KEY ticket_user (user_id, status),
  KEY ticket_created_by (created_by),
  CONSTRAINT ticket_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT ticket_status FOREIGN KEY (status) REFERENCES ticket_status (slug),
  CONSTRAINT ticket_agent FOREIGN KEY (agent_id) REFERENCES app_user (id),
  CONSTRAINT ticket_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT ticket_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT ticket_user FOREIGN KEY (user_id) REFERENCES app_user (id),
  CONSTRAINT ticket_created_by FOREIGN KEY (created_by) REFERENCES app_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE ticket_term (
  ticket_id BIGINT NOT NULL,
  term_id BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, term_id),
  KEY ticket_term_term (term_id, ticket_id),
  CONSTRAINT ticket_term_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
  CONSTRAINT ticket_term_term FOREIGN KEY (term_id) REFERENCES term (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- The additional agents of a ticket, in the order in which they were named.
CREATE TABLE ticket_agent (
  ticket_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (ticket_id, user_id),
  KEY ticket_agent_user (user_id, ticket_id),
  CONSTRAINT ticket_agent_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
  CONSTRAINT ticket_agent_user FOREIGN KEY (user_id) REFERENCES app_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE ticket_participant (
  ticket_id BIGINT NOT NULL,
  email VARCHAR(254) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (ticket_id, email),
  KEY ticket_participant_email (email, ticket_id),
  CONSTRAINT ticket_participant_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
    ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE reply (
  id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  modified_local DATETIME NOT NULL,
  modified_gmt DATETIME NOT NULL,
  content_raw MEDIUMTEXT NOT NULL,
  content_rendered LONGTEXT NOT NULL,
  author_id BIGINT NULL,
  customer_id BIGINT NULL,
  agent_id BIGINT NULL,
  participant_email VARCHAR(254) NULL,
  source_id BIGINT NULL,
  resolution BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (id),
  KEY reply_ticket (ticket_id, status),
  CONSTRAINT reply_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT reply_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
  CONSTRAINT reply_author FOREIGN KEY (author_id) REFERENCES app_user (id),
  CONSTRAINT reply_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT reply_agent FOREIGN KEY (agent_id) REFERENCES app_user (id),
  CONSTRAINT reply_source FOREIGN KEY (source_id) REFERENCES term (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- A file of a ticket, or of one of its replies (then reply_id is set as well).
CREATE TABLE attachment (
  id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  reply_id BIGINT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  file VARCHAR(1024) NULL,
  mime_type VARCHAR(100) NULL,
  date_gmt DATETIME NOT NULL,
  PRIMARY KEY (id),
  KEY attachment_ticket (ticket_id, reply_id),
  KEY attachment_reply (reply_id),
  CONSTRAINT attachment_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT attachment_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
  CONSTRAINT attachment_reply FOREIGN KEY (reply_id) REFERENCES reply (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What the import from WordPress brought. source_hash is over the row as WordPress had it, here_hash
-- over the row as it was written here: so the next import knows what has changed, and on which side.
CREATE TABLE imported (
  kind VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id BIGINT NOT NULL,
  source_hash BINARY(16) NOT NULL,
  here_hash BINARY(16) NOT NULL,
  PRIMARY KEY (kind, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
