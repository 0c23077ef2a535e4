package dev.skelly.stream;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.security.Rights;
import java.util.List;
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
     * @param asked none for all that a ticket names, or that are this visitor's own
     * @throws Problem 403 when one of them is not this visitor's to read
     */
    List<String> channels(List<String> asked, Rights rights) {
        var narrowed = channels == null ? List.copyOf(principal.channels()) : channels;
        var wanted = asked.isEmpty() ? narrowed : asked;
        var readable = wanted.stream().allMatch(channel -> rights.mayRead(principal, channel));
        if (!readable || (channels != null && !channels.containsAll(wanted))) {
            throw Problem.forbidden("some of these channels are not yours to read");
        }
        return wanted;
    }

    /** Whether a ticket narrows the types. */
    TypeFilter ticketTypes() {
        return types == null ? TypeFilter.ANY : TypeFilter.of(types);
    }
}
