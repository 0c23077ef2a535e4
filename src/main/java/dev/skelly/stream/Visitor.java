package dev.skelly.stream;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants a stream.
 *
 * @param principal who
 * @param byCookie whether only the cookie says so
 * @param channels what a ticket is narrowed to; null without one, or when it is not
 * @param types likewise
 */
record Visitor(
        Principal principal,
        boolean byCookie,
        @Nullable List<String> channels,
        @Nullable List<String> types) {

    static Visitor of(Principal principal, boolean byCookie) {
        return new Visitor(principal, byCookie, null, null);
    }

    static Visitor of(Ticket ticket) {
        return new Visitor(ticket.holder(), false, ticket.channels(), ticket.types());
    }

    /**
     * Which channels the stream is for.
     *
     * @param asked none for all
     * @throws Problem 403 when one of them is not this visitor's to read
     */
    List<String> channels(List<String> asked) {
        Set<String> own = principal.channels();
        var allowed = channels == null ? List.copyOf(own) : channels;
        if (!own.containsAll(allowed) || !allowed.containsAll(asked)) {
            throw Problem.forbidden("some of these channels are not yours to read");
        }
        return asked.isEmpty() ? allowed : asked;
    }

    /** Whether a ticket narrows the types. */
    TypeFilter ticketTypes() {
        return types == null ? TypeFilter.ANY : TypeFilter.of(types);
    }
}
