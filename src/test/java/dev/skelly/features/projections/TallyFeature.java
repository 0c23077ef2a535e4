package dev.skelly.features.projections;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts: with a projection of each kind, a worker that may repeat, and one that may not. */
public final class TallyFeature implements Feature {

    /** Its tables. A folder of migrations among the tests would hide those of the program from a node in the same process. */
    static final String TABLES = """
            create table tally_latest (counter text primary key, total bigint not null, version bigint not null check (version > 0))
              with (fillfactor = 77);
            create index tally_by_total on tally_latest (total desc) where total > 0;
            create table tally_sum (id int generated always as identity primary key, name text unique, total bigint not null, events bigint not null);
            create table tally_steps (version bigint primary key, total bigint not null);
            """;

    /** What both add for each step: a changed projection. */
    volatile int factor = 1;

    /** Projections fail at an event with this step. */
    volatile int poison = Integer.MIN_VALUE;

    final AtomicInteger mails = new AtomicInteger();
    final List<UUID> echoed = Collections.synchronizedList(new ArrayList<>());

    /** What happens to counters. */
    @Channels("role:admin")
    public sealed interface TallyEvent extends Event {

        /** A counter went on. */
        @EventName("tally.added")
        @Description("A counter went on.")
        record Added(String counter, int by) implements TallyEvent {

            @Override
            public String subject() {
                return "tally:" + counter;
            }

            @Override
            public Audience audience() {
                return Audience.of("role:admin");
            }
        }
    }

    /** Lets a counter go on. */
    record Add(String counter, int by) implements Command<Void> {}

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(TallyEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command("tally.add", Add.class, (tx, add) -> tx.append(new TallyEvent.Added(add.counter(), add.by())));
        registry.projections(
                new Table("tally-latest", ProjectionKind.INLINE, "tally_latest", this::latest),
                new Table("tally-sum", ProjectionKind.ASYNCHRONOUS, "tally_sum", this::sum),
                new Table("tally-steps", ProjectionKind.LIVE, "tally_steps", TallyFeature::steps));
        registry.workers(new Echo(), new Mail());
    }

    private interface Apply {
        Future<Void> to(SqlClient sql, TallyEvent.Added event, long version);
    }

    private record Table(String name, ProjectionKind kind, String table, Apply apply) implements Projection {

        @Override
        public Set<String> types() {
            return Set.of("tally.added");
        }

        @Override
        public List<String> tables() {
            return List.of(table);
        }

        @Override
        public Future<Void> apply(SqlClient sql, List<ProjectedEvent> events) {
            Future<Void> all = Future.succeededFuture();
            for (var event : events) {
                var added = (TallyEvent.Added) event.event().orElseThrow();
                all = all.compose(done -> apply.to(sql, added, event.subjectVersion()));
            }
            return all;
        }
    }

    private Future<Void> latest(SqlClient sql, TallyEvent.Added event, long version) {
        check(event);
        return sql.preparedQuery("""
                insert into tally_latest as t (counter, total, version) values ($1, $2, $3)
                on conflict (counter) do update set total = t.total + excluded.total, version = excluded.version
                """)
                .execute(Tuple.of(event.counter(), (long) event.by() * factor, version))
                .mapEmpty();
    }

    private Future<Void> sum(SqlClient sql, TallyEvent.Added event, long version) {
        check(event);
        return sql.preparedQuery("""
                insert into tally_sum as t (name, total, events) values ('all', $1, 1)
                on conflict (name) do update set total = t.total + excluded.total, events = t.events + 1
                """)
                .execute(Tuple.of((long) event.by() * factor))
                .mapEmpty();
    }

    private static Future<Void> steps(SqlClient sql, TallyEvent.Added event, long version) {
        return sql.preparedQuery("insert into tally_steps values ($1, $2)")
                .execute(Tuple.of(version, (long) event.by()))
                .mapEmpty();
    }

    private void check(TallyEvent.Added event) {
        if (event.by() == poison) {
            throw new IllegalStateException("cannot count " + event.by());
        }
    }

    private final class Echo implements Worker {

        @Override
        public String name() {
            return "tally-echo";
        }

        @Override
        public Set<String> types() {
            return Set.of("tally.added");
        }

        @Override
        public boolean commandsOnly() {
            return true;
        }

        @Override
        public boolean replayable() {
            return true;
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            echoed.add(delivery.id());
            var added = (TallyEvent.Added) delivery.event();
            return Future.succeededFuture(
                    added == null || added.counter().equals("echo")
                            ? WorkResult.done()
                            : WorkResult.done(new Add("echo", added.by())));
        }
    }

    private final class Mail implements Worker {

        @Override
        public String name() {
            return "tally-mail";
        }

        @Override
        public Set<String> types() {
            return Set.of("tally.added");
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            mails.incrementAndGet();
            return Future.succeededFuture(WorkResult.done());
        }
    }
}
