-- A ticket's replies are listed in each order from an index alone.
ALTER TABLE reply
  ADD KEY reply_date (ticket_id, status, date_local, id),
  ADD KEY reply_modified (ticket_id, status, modified_local, id),
  ADD KEY reply_agent_order (ticket_id, status, agent_id, id),
  ADD KEY reply_customer_order (ticket_id, status, customer_id, id);

-- A site that came from WordPress goes on not taking replies of customers, as it does there; on a
-- fresh one they reply to their own tickets.
INSERT INTO site_setting (name, value)
SELECT 'customers_may_reply', '' FROM site_setting imported
WHERE imported.name = 'imported_at'
  AND NOT EXISTS (SELECT 1 FROM site_setting own WHERE own.name = 'customers_may_reply');
