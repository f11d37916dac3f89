package io.kbsserver.agents;

/** A login that works on tickets. */
public record Agent(long id, String email) {}
