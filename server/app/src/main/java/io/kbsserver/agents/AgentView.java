package io.kbsserver.agents;

/** An agent with all that is shown of one. */
record AgentView(long id, String name, String firstName, String lastName, String email) {}
