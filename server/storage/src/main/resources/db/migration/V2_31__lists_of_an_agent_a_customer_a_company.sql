-- The newest tickets of an agent, a customer or a company, and all tickets in the order of agents or
-- customers, come from an index alone. How many of an agent or a company are in which status is still
-- counted by theirs; a customer has few.
ALTER TABLE ticket
  ADD KEY ticket_agent_order (agent_id, id, status),
  ADD KEY ticket_company_order (company_id, id, status),
  DROP KEY ticket_customer, ADD KEY ticket_customer (customer_id, id, status);
