package dev.skelly.feature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.CommandContext;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Emits events for callers that speak another protocol than HTTP, by the same rules as {@code POST /api/events}. Safe on any context. */
public interface EventEmitter {

    /**
     * An accepted event.
     *
     * @param position cursor after the event; null while it is not known
     */
    record EmittedEvent(UUID id, @Nullable String position) {}

    /**
     * Emits one event in the product's own form.
     *
     * @param event an object with {@code type}, {@code data} and optionally {@code id}, {@code subject}, {@code channel}
     * @return after the commit; fails with {@link Problem} as the route does
     */
    Future<EmittedEvent> emit(JsonNode event, Principal caller, CommandContext cause);

    /** Returns the limit of events, shared with the route; its key is the account. */
    RateLimit limit();
}
