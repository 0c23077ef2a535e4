package dev.skelly.stream;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Changes the subscriptions of open sessions, by the rights of now. Confined to the session's hub. */
final class SubscriptionEditor {

    private static final int CHANNELS_MAX = 128;
    private static final int CHANNEL_CHARS_MAX = 200;

    private final Supplier<EventViews> views;

    SubscriptionEditor(Supplier<EventViews> views) {
        this.views = views;
    }

    /**
     * Creates a subscription from terms that were checked.
     *
     * @param types an empty list means all
     */
    Subscription of(List<String> channels, List<String> types) {
        return of(channels, EventTypeFilter.of(types).renamed(views.get()));
    }

    private Subscription of(List<String> channels, EventTypeFilter types) {
        var names = types.names();
        return new Subscription(
                channels, types, names == null ? null : views.get().stored(names));
    }

    /**
     * Adds terms to a session's subscription. A session without types takes all of its channels' events; types are added to a list only.
     *
     * @param everyType whether a session that reads nothing yet gets all types when no type is named
     * @param pointer the place of a list in the request, with %s for its name
     * @return the cursor after which the new part is sent; fails with {@link Problem} 401, 403, 422 or 429
     */
    Future<String> add(
            StreamHub hub,
            StreamSession session,
            SubscriptionChange.SubscriptionTerms terms,
            boolean everyType,
            StartPosition start,
            String pointer) {
        wellFormed(terms, pointer);
        if (session.changing()) {
            throw Problem.tooMany("the stream has not caught up with its earlier changes", Duration.ofSeconds(1));
        }
        session.reader().caller().check(terms.channels(), terms.types(), pointer, views.get());
        bounded(add(session.subscription(), terms, everyType).next(), pointer);
        return hub.subscriptions()
                .add(session, present -> add(present, terms, everyType), start)
                .map(hub.cursors()::position)
                .recover(failure -> Future.failedFuture(session.gone() ? ended() : failure));
    }

    private SubscriptionAddition add(
            Subscription present, SubscriptionChange.SubscriptionTerms terms, boolean everyType) {
        var channels = present.channelsWith(terms.channels());
        var parts = new ArrayList<Subscription>();
        var types = present.types();
        if (!terms.types().isEmpty()) {
            var asked = EventTypeFilter.of(terms.types()).renamed(views.get());
            types = types.plus(asked);
            parts.add(of(channels, asked));
        } else if (everyType && present.channels().isEmpty()) {
            types = EventTypeFilter.ANY;
        }
        if (!terms.channels().isEmpty()) {
            parts.add(of(terms.channels(), types));
        }
        return new SubscriptionAddition(of(channels, types), parts);
    }

    /**
     * Removes terms from a session's subscription at once; a term that it does not have changes nothing.
     *
     * @throws Problem 422 for a malformed term, or for types when the session reads all types
     */
    void remove(StreamHub hub, StreamSession session, SubscriptionChange.SubscriptionTerms terms, String pointer) {
        wellFormed(terms, pointer);
        var present = session.subscription();
        if (!terms.types().isEmpty() && present.types().all()) {
            throw Problem.invalid(
                    pointer.formatted("types"),
                    "all-types",
                    "the stream has no list of types: it reads all of its channels'");
        }
        var types = present.types().minus(EventTypeFilter.of(terms.types()).renamed(views.get()));
        var channels = present.channelsWithout(terms.channels());
        hub.subscriptions().remove(session, of(channels, terms.types().isEmpty() ? present.types() : types));
    }

    /** Does both, for the account of the caller. */
    Future<String> change(StreamHub hub, StreamSession session, SubscriptionChange change) {
        return Future.succeededFuture(change).map(this::checked).compose(checked -> {
            var reader = session.reader();
            if (!reader.account().equals(change.account()) || session.gone()) {
                throw ended();
            }
            wellFormed(change.add(), "#/add/%s");
            reader.caller().check(change.add().channels(), change.add().types(), "#/add/%s", views.get());
            if (!change.remove().isEmpty()) {
                remove(hub, session, change.remove(), "#/remove/%s");
            }
            return add(hub, session, change.add(), false, new StartPosition.Latest(), "#/add/%s");
        });
    }

    private SubscriptionChange checked(SubscriptionChange change) {
        if (change.add().isEmpty() && change.remove().isEmpty()) {
            throw Problem.invalid("#", "required", "add or remove must name a channel or a type");
        }
        return change;
    }

    private static void wellFormed(SubscriptionChange.SubscriptionTerms terms, String pointer) {
        var faults = new ArrayList<FieldError>();
        if (!EventTypeFilter.wellFormed(terms.types())) {
            faults.add(new FieldError(
                    pointer.formatted("types"), "format", "must be up to 128 event types, each whole or ending in .*"));
        }
        if (terms.channels().size() > CHANNELS_MAX
                || terms.channels().stream()
                        .anyMatch(channel -> channel.isEmpty() || channel.length() > CHANNEL_CHARS_MAX)) {
            faults.add(new FieldError(
                    pointer.formatted("channels"), "format", "must be up to 128 channels of 1 to 200 characters"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private static void bounded(Subscription next, String pointer) {
        if (next.channels().size() > CHANNELS_MAX) {
            throw Problem.invalid(pointer.formatted("channels"), "max-items", "a stream has at most 128 channels");
        }
        if (next.types().terms() > 2 * EventTypeFilter.TERMS_MAX) { // A renamed type counts twice.
            throw Problem.invalid(pointer.formatted("types"), "max-items", "a stream has at most 128 types");
        }
    }

    static Problem ended() {
        return Problem.notFound("no such open stream of yours");
    }
}
