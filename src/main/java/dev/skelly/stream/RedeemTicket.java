package dev.skelly.stream;

import dev.skelly.feature.Command;

/** Uses a ticket up; refused with 401 when it is unknown, used or too old. */
record RedeemTicket(String digest) implements Command<TicketClaims> {}
