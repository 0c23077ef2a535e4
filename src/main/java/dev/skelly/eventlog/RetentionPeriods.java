package dev.skelly.eventlog;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Computes how long the data of each type is retained, from the registry. */
public final class RetentionPeriods implements HashChainVerifier.RetentionTime {

    private final Supplier<EventTypeRegistry> eventTypes;
    private final Clock clock;

    /** Creates the periods, based on {@code clock}. */
    public RetentionPeriods(Supplier<EventTypeRegistry> eventTypes, Clock clock) {
        this.eventTypes = eventTypes;
        this.clock = clock;
    }

    @Override
    public boolean isOver(String type, Instant time) {
        return eventTypes
                .get()
                .named(type)
                .flatMap(known -> Optional.ofNullable(known.retention()))
                .filter(retention -> time.isBefore(keptFrom(retention)))
                .isPresent();
    }

    private Instant keptFrom(Duration retention) {
        return clock.instant().minus(retention);
    }

    /**
     * A type with limited retention.
     *
     * @param names all stored names of the type
     * @param keptFrom events from this time on are retained
     */
    public record Due(String type, List<String> names, Instant keptFrom) {}

    /** Returns every type with limited retention. */
    public List<Due> due() {
        return eventTypes.get().types().stream()
                .flatMap(type -> due(type).stream())
                .toList();
    }

    private Optional<Due> due(EventType type) {
        return Optional.ofNullable(type.retention())
                .map(retention -> new Due(
                        type.name(),
                        Stream.concat(Stream.of(type.name()), type.formerly().stream())
                                .toList(),
                        keptFrom(retention)));
    }
}
