-- A site that came from WordPress goes on letting those who are no agents open tickets for any
-- address, as it does there; on a fresh one they open them for their own.
INSERT INTO site_setting (name, value)
SELECT 'customers_open_for_others', '1' FROM site_setting imported
WHERE imported.name = 'imported_at'
  AND NOT EXISTS (SELECT 1 FROM site_setting own WHERE own.name = 'customers_open_for_others');
