-- When application passwords were used last. A table of its own: what an import brings is compared with
-- what is here, and using a password does not change it.
CREATE TABLE application_password_use (
  uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  used_at DATETIME NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (uuid)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
