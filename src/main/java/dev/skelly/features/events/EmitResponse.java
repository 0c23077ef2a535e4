package dev.skelly.features.events;

import dev.skelly.feature.FieldError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller hears. */
sealed interface EmitResponse {

    /**
     * An event is in the log.
     *
     * @param position opaque cursor
     */
    record EventAccepted(UUID id, String position) implements EmitResponse {}

    /**
     * One of several: in the log, or refused.
     *
     * @param status as a single event would have been answered
     * @param id of the event; null where it was refused and the caller chose none
     * @param position opaque cursor; null where it was refused
     * @param code what was wrong; null where nothing was, as are the rest
     */
    record EventResult(
            int status,
            @Nullable UUID id,
            @Nullable String position,
            @Nullable String code,
            @Nullable String detail,
            @Nullable List<FieldError> errors)
            implements EmitResponse {}

    /** Several, in the order in which they were sent. */
    record EventResultList(List<EventResult> items) implements EmitResponse {}
}
