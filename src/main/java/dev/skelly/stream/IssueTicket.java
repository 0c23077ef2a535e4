package dev.skelly.stream;

import dev.skelly.feature.Command;

/** Keeps a new ticket for as long as tickets live. */
record IssueTicket(String digest, TicketClaims ticket) implements Command<Void> {}
