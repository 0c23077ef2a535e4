package dev.skelly.stream;

import dev.skelly.feature.Command;

/** Stores a new ticket for the lifetime of tickets. */
record IssueTicket(String digest, TicketClaims ticket) implements Command<Void> {}
