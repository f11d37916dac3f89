-- WordPress sorts files by the site's clock, which may be a second away from what it keeps in UTC.
-- Empty for what was imported before; the next import fills it.
ALTER TABLE attachment ADD COLUMN date_local DATETIME NULL;
