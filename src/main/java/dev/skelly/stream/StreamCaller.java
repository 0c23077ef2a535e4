package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.view.EventViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a stream.
 *
 * @param principal the account; without roles for an anonymous caller
 * @param channels channels to which a ticket is restricted; null without a ticket or a restriction
 * @param types types to which a ticket is restricted
 */
record StreamCaller(Principal principal, @Nullable List<String> channels, EventTypeFilter types) {

    static StreamCaller of(Principal principal) {
        return new StreamCaller(principal, null, EventTypeFilter.ANY);
    }

    static StreamCaller of(Principal principal, TicketClaims ticket, EventViews views) {
        var types = ticket.types();
        return new StreamCaller(
                principal,
                ticket.channels(),
                types == null ? EventTypeFilter.ANY : EventTypeFilter.of(types).renamed(views));
    }

    /**
     * Creates an anonymous caller, who reads public events. The caller has a random id and is otherwise like every other anonymous caller.
     */
    static StreamCaller anonymous(UUID madeUp, Instant until) {
        return of(new Principal(madeUp, madeUp, Set.of(), 0, until));
    }

    /** Returns the same caller with a newer token. */
    StreamCaller with(Principal newer) {
        return new StreamCaller(newer, channels, types);
    }

    /** Returns the channels that are read without a request. */
    List<String> own() {
        if (channels != null) {
            return channels;
        }
        return principal.roles().isEmpty() ? List.of(Audience.PUBLIC) : List.copyOf(principal.channels());
    }

    /** Returns whether a ticket's restriction, if any, allows a type. */
    boolean mayType(String type) {
        return types.matches(type);
    }

    /**
     * Checks by the current rights what a caller asks for.
     *
     * @param pointer the place of a list in the request, with %s for {@code channels} or {@code types}
     * @throws Problem 422 naming every unknown type and channel; 403 when the caller may not read a channel; 401 when a login might help
     */
    void check(List<String> askedChannels, List<String> askedTypes, String pointer, EventViews views) {
        var faults = new ArrayList<FieldError>();
        for (var type : askedTypes) {
            if (!views.knowsType(type)) {
                faults.add(
                        new FieldError(pointer.formatted("types"), "unknown-type", type + " is not a declared type"));
            }
        }
        for (var channel : askedChannels) {
            if (!mayRead(channel, views) && !views.knowsChannel(channel)) {
                faults.add(new FieldError(
                        pointer.formatted("channels"), "unknown-channel", channel + " is not a declared channel"));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        if (!mayRead(askedChannels, views)) {
            throw refusal();
        }
    }

    /** Returns whether the caller may read all of these channels by the current rights. */
    boolean mayRead(List<String> all, EventViews views) {
        return all.stream().allMatch(channel -> mayRead(channel, views));
    }

    private boolean mayRead(String channel, EventViews views) {
        if (channels != null && !channels.contains(channel)) {
            return false;
        }
        return principal.roles().isEmpty() ? channel.equals(Audience.PUBLIC) : views.mayRead(principal, channel);
    }

    private Problem refusal() {
        return principal.roles().isEmpty()
                ? Problem.unauthenticated("sign-in-required", "only the channel public is readable without a login")
                : Problem.forbidden("you may not read some of these channels");
    }
}
