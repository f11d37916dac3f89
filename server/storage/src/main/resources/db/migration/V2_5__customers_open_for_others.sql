-- A site that came from WordPress goes on letting those who are no agents open tickets for any
-- address, as it does there; on a fresh one they open them for their own.
INSERT IGNORE INTO site_setting (name, value)
SELECT 'customers_open_for_others', '1' FROM site_setting WHERE name = 'imported_at';
