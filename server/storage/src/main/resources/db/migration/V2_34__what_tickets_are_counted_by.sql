-- What sight and filters ask of a ticket, without its texts: who counts tickets, or looks at many of them,
-- reads a small part of the table. Of those of some time, in a status, or of somebody, what sight asks of
-- an agent.
ALTER TABLE ticket
  ADD KEY ticket_seen (
    id, status, agent_id, customer_id, company_id, user_id, date_local, modified_local, protected),
  DROP KEY ticket_date, ADD KEY ticket_date (date_local, id, status, agent_id),
  DROP KEY ticket_modified, ADD KEY ticket_modified (modified_local, id, status, agent_id),
  DROP KEY ticket_status, ADD KEY ticket_status (status, id, agent_id),
  DROP KEY ticket_company, ADD KEY ticket_company (company_id, status, id, agent_id),
  DROP KEY ticket_company_order, ADD KEY ticket_company_order (company_id, id, status, agent_id),
  DROP KEY ticket_customer, ADD KEY ticket_customer (customer_id, id, status, agent_id),
  DROP KEY ticket_user, ADD KEY ticket_user (user_id, status, id, agent_id);
