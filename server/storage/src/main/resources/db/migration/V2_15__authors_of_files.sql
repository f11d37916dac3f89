-- What WordPress says of a file besides its title: who has sent it, where that is known; what it is called
-- in addresses; and when it was changed. The next import fills it.
ALTER TABLE attachment
  ADD COLUMN author_id BIGINT NULL,
  ADD COLUMN slug VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN modified_gmt DATETIME NULL,
  ADD COLUMN modified_local DATETIME NULL,
  ADD KEY attachment_date (date_local, id),
  ADD CONSTRAINT attachment_author FOREIGN KEY (author_id) REFERENCES app_user (id)
    ON DELETE SET NULL;
