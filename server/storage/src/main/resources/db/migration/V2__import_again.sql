-- What came from WordPress is brought over again and again, with work on both sides in between.

-- identity: fingerprints of what tells a row there from another one of the same id. gone: it is no
-- longer in WordPress, and not served here.
ALTER TABLE imported
  ADD COLUMN identity VARBINARY(64) NULL,
  ADD COLUMN gone BOOLEAN NOT NULL DEFAULT FALSE;

-- What has another id here than in WordPress, since something else has its id here. made_here: it is
-- one that was made here and is the same by what identifies it (e-mail address, login, slug).
CREATE TABLE imported_as (
  kind VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  made_here BOOLEAN NOT NULL,
  PRIMARY KEY (kind, source_id),
  UNIQUE KEY imported_as_id (kind, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- The status that a ticket had before it was found to be deleted in WordPress.
ALTER TABLE ticket ADD COLUMN deleted_status VARCHAR(20) COLLATE utf8mb4_bin NULL;
