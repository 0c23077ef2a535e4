package dev.skelly.bench;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What {@code scripts/bench projections} measures with: a counter of events by type. */
public final class CountFeature implements Feature {

    static final String PROJECTION = "count-events";
    static final String TYPE = "count.went";

    private static final String ADD = """
            insert into count_events as c (type, events) select * from unnest($1::text[], $2::bigint[])
            on conflict (type) do update set events = c.events + excluded.events
            """;

    /** A counter went on. */
    @Channels("role:admin")
    public sealed interface CountEvent extends Event {

        /** One more. */
        @EventName(TYPE)
        @Description("A counter went on.")
        record Went(int number) implements CountEvent {

            @Override
            public String subject() {
                return "count:" + number % 1000;
            }

            @Override
            public Audience audience() {
                return Audience.of("role:admin");
            }
        }
    }

    @Override
    public String name() {
        return "count";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(CountEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.projections(new Counter());
    }

    private static final class Counter implements Projection {

        @Override
        public String name() {
            return PROJECTION;
        }

        @Override
        public ProjectionKind kind() {
            return ProjectionKind.ASYNCHRONOUS;
        }

        @Override
        public Set<String> types() {
            return Set.of(TYPE);
        }

        @Override
        public List<String> tables() {
            return List.of("count_events");
        }

        @Override
        public Future<Void> apply(SqlClient sql, List<ProjectedEvent> events) {
            var counts = new TreeMap<String, Long>();
            events.forEach(event -> counts.merge(event.type(), 1L, Long::sum));
            return sql.preparedQuery(ADD)
                    .execute(Tuple.tuple()
                            .addArrayOfString(counts.keySet().toArray(String[]::new))
                            .addArrayOfLong(counts.values().toArray(Long[]::new)))
                    .mapEmpty();
        }
    }
}
