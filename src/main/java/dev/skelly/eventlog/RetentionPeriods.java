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

/** Computes how long the data of each type is retained, from the registry; that of types that are declared no more from what is stored. */
public final class RetentionPeriods implements HashChainVerifier.RetentionTime {

    private final Supplier<EventTypeRegistry> eventTypes;
    private final Clock clock;
    private final List<StoredRetentionTable.StoredRetention> stored;

    /** Creates the periods of declared types, based on {@code clock}. */
    public RetentionPeriods(Supplier<EventTypeRegistry> eventTypes, Clock clock) {
        this(eventTypes, clock, List.of());
    }

    private RetentionPeriods(
            Supplier<EventTypeRegistry> eventTypes, Clock clock, List<StoredRetentionTable.StoredRetention> stored) {
        this.eventTypes = eventTypes;
        this.clock = clock;
        this.stored = stored;
    }

    /** Returns these periods and those of types that are stored and not declared. */
    public RetentionPeriods and(List<StoredRetentionTable.StoredRetention> more) {
        return new RetentionPeriods(eventTypes, clock, more);
    }

    /** Returns the retention of every declared type with a limited one. */
    public List<StoredRetentionTable.StoredRetention> limited() {
        return eventTypes.get().types().stream()
                .flatMap(type -> Optional.ofNullable(type.retention())
                        .map(period -> new StoredRetentionTable.StoredRetention(type.name(), names(type), period))
                        .stream())
                .toList();
    }

    /** Returns the names of the declared types without a limited one. */
    public List<String> unlimited() {
        return eventTypes.get().types().stream()
                .filter(type -> type.retention() == null)
                .map(EventType::name)
                .toList();
    }

    private static List<String> names(EventType type) {
        return Stream.concat(Stream.of(type.name()), type.formerly().stream()).toList();
    }

    private Stream<StoredRetentionTable.StoredRetention> gone() {
        return stored.stream()
                .filter(retention -> eventTypes.get().named(retention.type()).isEmpty());
    }

    @Override
    public boolean isOver(String type, Instant time) {
        var known = eventTypes.get().named(type);
        var period = known.isPresent()
                ? Optional.ofNullable(known.get().retention())
                : stored.stream()
                        .filter(retention -> retention.names().contains(type))
                        .map(StoredRetentionTable.StoredRetention::period)
                        .findFirst();
        return period.filter(retention -> time.isBefore(keptFrom(retention))).isPresent();
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
        return Stream.concat(limited().stream(), gone())
                .map(retention -> new Due(retention.type(), retention.names(), keptFrom(retention.period())))
                .toList();
    }
}
