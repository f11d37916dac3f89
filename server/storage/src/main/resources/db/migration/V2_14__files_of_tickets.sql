-- The bytes of files that are here: by what they are called in the store, with what was found out about
-- them. All empty where they were not copied from WordPress yet.
ALTER TABLE attachment
  ADD COLUMN sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN size BIGINT NULL,
  ADD COLUMN type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- What the copied file was like: its place, its size, and when it was changed.
  ADD COLUMN copied_from CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY attachment_sha256 (sha256);
