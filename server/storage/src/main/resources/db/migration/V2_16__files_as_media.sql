-- What WordPress says of a file besides its title: what it is called in addresses, when it was changed,
-- and whether it can be commented on and linked to. Empty for what was imported before; the next import
-- fills it.
ALTER TABLE attachment
  ADD COLUMN slug VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN modified_gmt DATETIME NULL,
  ADD COLUMN modified_local DATETIME NULL,
  ADD COLUMN comment_status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
  ADD COLUMN ping_status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'closed',
  ADD KEY attachment_date (date_local, id),
  ADD KEY attachment_slug (slug);

UPDATE attachment SET author_id = NULL WHERE author_id NOT IN (SELECT id FROM app_user);

ALTER TABLE attachment
  ADD KEY attachment_author (author_id),
  ADD CONSTRAINT attachment_author FOREIGN KEY (author_id) REFERENCES app_user (id)
    ON DELETE SET NULL;
