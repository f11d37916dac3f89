-- Of which tickets a webhook tells, by their departments (ids) and statuses: separated by commas, none
-- for all.
ALTER TABLE webhook
  ADD COLUMN departments VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN statuses VARCHAR(500) COLLATE utf8mb4_bin NOT NULL DEFAULT '';
