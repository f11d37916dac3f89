-- What the routes of users show, and what they sort by. What an import did not bring of users yet is
-- empty until the next one; their slugs are made of their logins until then.
ALTER TABLE app_user
  ADD COLUMN slug VARCHAR(50) NOT NULL DEFAULT '',
  ADD COLUMN url VARCHAR(255) NOT NULL DEFAULT '',
  ADD COLUMN description TEXT NULL,
  ADD COLUMN nickname VARCHAR(255) NULL,
  ADD COLUMN locale VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en_US',
  ADD COLUMN registered_at DATETIME NULL,
  -- Whether they have published something in WordPress; replies say so themselves.
  ADD COLUMN published BOOLEAN NOT NULL DEFAULT FALSE,
  ADD KEY app_user_name (display_name, id),
  ADD KEY app_user_slug (slug, id),
  ADD KEY app_user_url (url, id),
  ADD KEY app_user_registered (registered_at, id);

UPDATE app_user SET slug = LEFT(REGEXP_REPLACE(LOWER(login), '[^a-z0-9_]+', '-'), 50)
  WHERE missing = FALSE;

-- Which program a password is for, as the program itself has said.
ALTER TABLE application_password
  ADD COLUMN app_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- These rows have more columns now than the import remembers; the next one brings them over again.
UPDATE imported SET here_hash = UNHEX(REPEAT('00', 16)) WHERE kind = 'user';
