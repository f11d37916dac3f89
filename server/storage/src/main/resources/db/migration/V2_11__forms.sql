-- Submission forms and their fields, which are read; an import brings them.
CREATE TABLE form (
  id BIGINT NOT NULL,
  status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  modified_local DATETIME NOT NULL,
  modified_gmt DATETIME NOT NULL,
  title TEXT NOT NULL,
  -- The start of the title, so that sorting by it can use an index.
  title_key VARCHAR(191) GENERATED ALWAYS AS (LEFT(title, 191)) STORED,
  redirect_page_id BIGINT NULL,
  submission_count BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY form_title (title_key, id, status),
  KEY form_date (date_local, id, status),
  KEY form_modified (modified_local, id, status),
  CONSTRAINT form_post FOREIGN KEY (id) REFERENCES post (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- A field without a form belongs to one that is gone. settings: an object of JSON with all that the
-- contract names.
CREATE TABLE form_field (
  id BIGINT NOT NULL,
  form_id BIGINT NULL,
  status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  modified_local DATETIME NOT NULL,
  modified_gmt DATETIME NOT NULL,
  title TEXT NOT NULL,
  title_key VARCHAR(191) GENERATED ALWAYS AS (LEFT(title, 191)) STORED,
  slug VARCHAR(200) NOT NULL DEFAULT '',
  position BIGINT NOT NULL DEFAULT 0,
  default_field VARCHAR(191) NOT NULL DEFAULT '',
  settings MEDIUMTEXT NOT NULL,
  PRIMARY KEY (id),
  KEY form_field_form (form_id, id, status),
  KEY form_field_title (title_key, id, status),
  KEY form_field_date (date_local, id, status),
  KEY form_field_modified (modified_local, id, status),
  KEY form_field_position (position, id, status),
  KEY form_field_slug (slug, id),
  CONSTRAINT form_field_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT form_field_form FOREIGN KEY (form_id) REFERENCES form (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
