-- What a ticket was like before the change, as far as it depends on it who sees the ticket: an object
-- of JSON. Null where nobody's sight was changed.
ALTER TABLE change_log ADD COLUMN sight MEDIUMTEXT COLLATE utf8mb4_bin NULL;
