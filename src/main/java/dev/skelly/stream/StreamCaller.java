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
 * The caller of a stream.
 *
 * @param principal the account; without roles for an anonymous caller
 * @param byCookie whether the cookie is the only credential
 * @param channels channels to which a ticket is restricted; null without a ticket or a restriction
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

    /**
     * Creates an anonymous caller, who reads public events. The caller has a random id and is otherwise like every other anonymous caller.
     */
    static StreamCaller anonymous(UUID madeUp, Instant until) {
        return of(new Principal(madeUp, madeUp, Set.of(), 0, until), false);
    }

    /**
     * Returns the channels of the stream, by the current rights.
     *
     * @param asked empty for all channels that are read without a request
     * @throws Problem 403 when the caller may not read one of them; 401 when a login might help
     */
    List<String> channels(List<String> asked, EventViews views) {
        var allowed = channels == null ? null : Set.copyOf(channels);
        var wanted = asked.isEmpty() ? (channels == null ? own() : channels) : asked;
        for (var channel : wanted) {
            if ((allowed != null && !allowed.contains(channel)) || !mayRead(channel, views)) {
                throw refusal();
            }
        }
        return wanted;
    }

    private List<String> own() {
        return principal.roles().isEmpty() ? List.of(Audience.PUBLIC) : List.copyOf(principal.channels());
    }

    private boolean mayRead(String channel, EventViews views) {
        return principal.roles().isEmpty() ? channel.equals(Audience.PUBLIC) : views.mayRead(principal, channel);
    }

    private Problem refusal() {
        return principal.roles().isEmpty()
                ? Problem.unauthenticated("sign-in-required", "only the channel public is readable without a login")
                : Problem.forbidden("you may not read some of these channels");
    }

    /** Returns the types to which a ticket restricts the stream. */
    EventTypeFilter ticketTypes() {
        return types == null ? EventTypeFilter.ANY : EventTypeFilter.of(types);
    }
}
