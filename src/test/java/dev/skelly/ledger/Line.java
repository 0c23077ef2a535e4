package dev.skelly.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history. Which components are set depends on the kind.
 *
 * @param at monotonic nanoseconds of the writing process; lines of one history come from one process
 * @param kind what is told
 * @param op an operation; the client sends it as the request's id, so the event it causes carries it as correlation
 * @param action what the operation asks for, e.g. {@code register}
 * @param account whose: the caller's, the new one's, the stream's
 * @param stream name of one reader, over all its connections
 * @param connection 1, 2, … within a stream
 * @param cursor opaque, as received or as asked for
 * @param event id of a received event
 * @param note status or reason, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(
        long at,
        Kind kind,
        @Nullable UUID op,
        @Nullable String action,
        @Nullable UUID account,
        @Nullable String stream,
        @Nullable Integer connection,
        @Nullable String cursor,
        @Nullable UUID event,
        @Nullable String note) {

    /** What a line tells. */
    public enum Kind {
        /** An operation is about to be sent. */
        INVOKE,
        /** It was acknowledged. */
        OK,
        /** It was refused: nothing may have happened. */
        FAIL,
        /** Nobody knows: it may have happened or not. */
        INFO,
        /** A reader begins; {@code cursor} is where. */
        STREAM,
        /** A reader has a new connection. */
        CONNECTED,
        /** A reader got an event. */
        RECEIVED,
        /** A reader was told that it missed something. */
        GAP,
        /** A reader ends; it should have everything up to {@code cursor}. */
        END
    }

    static Line operation(
            long at, Kind kind, UUID op, @Nullable String action, @Nullable UUID account, @Nullable String note) {
        return new Line(at, kind, op, action, account, null, null, null, null, note);
    }

    static Line reader(
            long at,
            Kind kind,
            String stream,
            @Nullable UUID account,
            int connection,
            @Nullable String cursor,
            @Nullable UUID event,
            @Nullable String note) {
        return new Line(at, kind, null, null, account, stream, connection, cursor, event, note);
    }
}
