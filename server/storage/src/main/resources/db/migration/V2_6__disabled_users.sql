-- Who is disabled keeps all, but cannot log in.
ALTER TABLE app_user ADD COLUMN disabled BOOLEAN NOT NULL DEFAULT FALSE;
