-- Who has sent a file; empty where that is not known.
ALTER TABLE attachment ADD COLUMN author_id BIGINT NULL;
