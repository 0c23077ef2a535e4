package dev.skelly.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done: carried from the request through commands into every event they append.
 *
 * @param correlation the request that started it all
 * @param causation the event that is being answered; null for a request from outside
 * @param actor the signed-in account; null where nobody is
 * @param traceparent W3C trace context; null where there is none
 * @param address from where the request came, {@link #COMMAND_LINE} where the operator wants it; null for what comes from neither. Personal: it goes into the audit, never into an
 *     event or a log line
 * @param once where the request is to have one effect however often it is repeated; null where it is not
 */
public record CommandContext(
        UUID correlation,
        @Nullable UUID causation,
        @Nullable UUID actor,
        @Nullable String traceparent,
        @Nullable String address,
        @Nullable IdempotencyScope once) {

    /** In the place of an address: the command line, to which nobody comes but the operator. */
    public static final String COMMAND_LINE = "command-line";

    /** What is not repeated. */
    public CommandContext(
            UUID correlation,
            @Nullable UUID causation,
            @Nullable UUID actor,
            @Nullable String traceparent,
            @Nullable String address) {
        this(correlation, causation, actor, traceparent, address, null);
    }

    /** What comes from no request. */
    public CommandContext(
            UUID correlation, @Nullable UUID causation, @Nullable UUID actor, @Nullable String traceparent) {
        this(correlation, causation, actor, traceparent, null);
    }

    /** What answers {@code event}: same correlation and actor, caused by it. */
    public static CommandContext of(StoredEvent event) {
        return new CommandContext(event.correlation(), event.id(), event.actor(), event.traceparent());
    }

    /** What the operator wants who typed a command. */
    public static CommandContext byOperator(UUID correlation) {
        return new CommandContext(correlation, null, null, null, COMMAND_LINE);
    }

    /** Something that starts by itself: a start, a schedule. */
    public static CommandContext fresh(UUID correlation) {
        return new CommandContext(correlation, null, null, null);
    }

    /** The same without a promise of one effect: for what is repeated safely by other means, or carried out together with others. */
    public CommandContext freely() {
        return new CommandContext(correlation, causation, actor, traceparent, address);
    }

    /** The same, to have one effect. */
    public CommandContext under(IdempotencyScope key) {
        return new CommandContext(correlation, causation, actor, traceparent, address, key);
    }
}
