-- The application passwords that the import brought: those of a user that are not here were made
-- here, and those here that the user no longer has were revoked here.
CREATE TABLE imported_password (
  user_id BIGINT NOT NULL,
  uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, uuid),
  CONSTRAINT imported_password_user FOREIGN KEY (user_id) REFERENCES app_user (id)
    ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Nothing tells them apart in a database of before. Hashes of the old kind are never made here; of
-- the others those from before the last import count as brought: rather one too many is revoked.
INSERT INTO imported_password (user_id, uuid)
  SELECT p.user_id, p.uuid FROM application_password p
  JOIN imported i ON i.kind = 'user' AND i.id = p.user_id
  LEFT JOIN site_setting s ON s.name = 'imported_at'
  WHERE p.hash NOT LIKE '$generic$%' OR s.value IS NULL
    OR DATE_FORMAT(p.created_at, '%Y-%m-%dT%H:%i:%s') <= s.value;
