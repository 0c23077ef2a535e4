package dev.skelly.features.events;

import dev.skelly.feature.FieldError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A response body of {@code POST /api/events}. */
sealed interface EmitResponse {

    /**
     * An event was appended to the log.
     *
     * @param position opaque cursor
     */
    record EventAccepted(UUID id, String position) implements EmitResponse {}

    /**
     * The result for one of several events: appended or rejected.
     *
     * @param status the status of a request with this event alone
     * @param id of the event; null when it was rejected and the caller chose none
     * @param position opaque cursor; null when it was rejected
     * @param code of the problem; null without one, like the fields after it
     */
    record EventResult(
            int status,
            @Nullable UUID id,
            @Nullable String position,
            @Nullable String code,
            @Nullable String detail,
            @Nullable List<FieldError> errors)
            implements EmitResponse {}

    /** Several results, in the order of the request. */
    record EventResultList(List<EventResult> items) implements EmitResponse {}
}
