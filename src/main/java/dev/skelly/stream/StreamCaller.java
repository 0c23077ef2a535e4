package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.view.EventViews;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants a stream.
 *
 * @param principal who; without roles for somebody who is not signed in
 * @param byCookie whether only the cookie says so
 * @param channels what a ticket is narrowed to; null without one, or when it is not
 * @param types likewise
 */
record StreamCaller(
        Principal principal,
        boolean byCookie,
        @Nullable List<String> channels,
        @Nullable List<String> types) {

    static StreamCaller of(Principal principal, boolean byCookie) {
        return new StreamCaller(principal, byCookie, null, null);
    }

    static StreamCaller of(TicketClaims ticket) {
        return new StreamCaller(ticket.holder(), false, ticket.channels(), ticket.types());
    }

    /** Somebody who is not signed in; reads what is for everybody and is told from others by nothing. */
    static StreamCaller anonymous(UUID madeUp, Instant until) {
        return of(new Principal(madeUp, madeUp, Set.of(), 0, until), false);
    }

    /**
     * Which channels the stream is for, by the rights of now.
     *
     * @param asked none for all that need not be asked for
     * @throws Problem 403 when one of them is not this visitor's to read; 401 when signing in might help
     */
    List<String> channels(List<String> asked, EventViews sights) {
        var allowed = channels == null ? null : Set.copyOf(channels);
        var wanted = asked.isEmpty() ? (channels == null ? own() : channels) : asked;
        for (var channel : wanted) {
            if ((allowed != null && !allowed.contains(channel)) || !mayRead(channel, sights)) {
                throw refusal();
            }
        }
        return wanted;
    }

    private List<String> own() {
        return principal.roles().isEmpty() ? List.of(Audience.PUBLIC) : List.copyOf(principal.channels());
    }

    private boolean mayRead(String channel, EventViews sights) {
        return principal.roles().isEmpty() ? channel.equals(Audience.PUBLIC) : sights.mayRead(principal, channel);
    }

    private Problem refusal() {
        return principal.roles().isEmpty()
                ? Problem.unauthenticated("sign-in-required", "without signing in one reads the channel public only")
                : Problem.forbidden("some of these channels are not yours to read");
    }

    /** Whether a ticket narrows the types. */
    EventTypeFilter ticketTypes() {
        return types == null ? EventTypeFilter.ANY : EventTypeFilter.of(types);
    }
}
