-- The articles of the knowledge base, which are read; an import brings them, rendered and sanitised.
CREATE TABLE article (
  id BIGINT NOT NULL,
  status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  author_id BIGINT NULL,
  date_local DATETIME NOT NULL,
  date_gmt DATETIME NOT NULL,
  modified_local DATETIME NOT NULL,
  modified_gmt DATETIME NOT NULL,
  slug VARCHAR(200) NOT NULL DEFAULT '',
  guid VARCHAR(255) NOT NULL DEFAULT '',
  title_raw TEXT NOT NULL,
  title_rendered MEDIUMTEXT NOT NULL,
  -- The start of the title, so that sorting by it can use an index.
  title_key VARCHAR(191) GENERATED ALWAYS AS (LEFT(title_raw, 191)) STORED,
  content_raw MEDIUMTEXT NOT NULL,
  content_rendered MEDIUMTEXT NOT NULL,
  excerpt_raw TEXT NOT NULL,
  excerpt_rendered MEDIUMTEXT NOT NULL,
  -- Its text is for those who have logged in, or for those who know a password.
  restricted BOOLEAN NOT NULL DEFAULT FALSE,
  protected BOOLEAN NOT NULL DEFAULT FALSE,
  views BIGINT NOT NULL DEFAULT 0,
  picture_id BIGINT NULL,
  template VARCHAR(191) NOT NULL DEFAULT '',
  comment_status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'closed',
  ping_status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'closed',
  PRIMARY KEY (id),
  KEY article_date (date_local, id, status),
  KEY article_modified (modified_local, id, status),
  KEY article_author (author_id, id, status),
  KEY article_slug (slug, id, status),
  KEY article_title (title_key, id, status),
  CONSTRAINT article_post FOREIGN KEY (id) REFERENCES post (id),
  CONSTRAINT article_author FOREIGN KEY (author_id) REFERENCES app_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE article_term (
  article_id BIGINT NOT NULL,
  term_id BIGINT NOT NULL,
  PRIMARY KEY (article_id, term_id),
  KEY article_term_term (term_id, article_id),
  CONSTRAINT article_term_article FOREIGN KEY (article_id) REFERENCES article (id)
    ON DELETE CASCADE,
  CONSTRAINT article_term_term FOREIGN KEY (term_id) REFERENCES term (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
