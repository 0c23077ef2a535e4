package dev.skelly.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The context of a command: carried from the request through commands into every event they append.
 *
 * @param correlation id of the original request
 * @param causation id of the event that triggered this; null for a request from outside
 * @param actor the logged-in account; null if there is none
 * @param traceparent W3C trace context; null if there is none
 * @param address the caller's network address, {@link #COMMAND_LINE} for the operator's command line; null for any other origin. Personal
 *     data: it goes into the audit log, never into an event or a log line
 * @param once idempotency scope, under which the request has one effect however often it is repeated; null if it has none
 */
public record CommandContext(
        UUID correlation,
        @Nullable UUID causation,
        @Nullable UUID actor,
        @Nullable String traceparent,
        @Nullable String address,
        @Nullable IdempotencyScope once) {

    /** The address of a caller on the command line, which only the operator can reach. */
    public static final String COMMAND_LINE = "command-line";

    /** Creates a context without an idempotency scope. */
    public CommandContext(
            UUID correlation,
            @Nullable UUID causation,
            @Nullable UUID actor,
            @Nullable String traceparent,
            @Nullable String address) {
        this(correlation, causation, actor, traceparent, address, null);
    }

    /** Creates a context that belongs to no request. */
    public CommandContext(
            UUID correlation, @Nullable UUID causation, @Nullable UUID actor, @Nullable String traceparent) {
        this(correlation, causation, actor, traceparent, null);
    }

    /** Creates the context of a reaction to {@code event}: same correlation and actor, caused by the event. */
    public static CommandContext of(StoredEvent event) {
        return new CommandContext(event.correlation(), event.id(), event.actor(), event.traceparent());
    }

    /** Creates the context of a command that the operator entered. */
    public static CommandContext byOperator(UUID correlation) {
        return new CommandContext(correlation, null, null, null, COMMAND_LINE);
    }

    /** Creates the context of a task that starts by itself, such as a startup step or a schedule. */
    public static CommandContext fresh(UUID correlation) {
        return new CommandContext(correlation, null, null, null);
    }

    /**
     * Returns this context without its idempotency scope, for commands that are idempotent by other means or that run together with others.
     */
    public CommandContext freely() {
        return new CommandContext(correlation, causation, actor, traceparent, address);
    }

    /** Returns this context with an idempotency scope. */
    public CommandContext under(IdempotencyScope key) {
        return new CommandContext(correlation, causation, actor, traceparent, address, key);
    }
}
