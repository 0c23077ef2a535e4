package dev.skelly.stream;

import dev.skelly.feature.Command;

/** Redeems a ticket; rejected with 401 when it is unknown, used or expired. */
record RedeemTicket(String digest) implements Command<TicketClaims> {}
