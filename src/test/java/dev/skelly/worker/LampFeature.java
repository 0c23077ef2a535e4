package dev.skelly.worker;

import dev.skelly.event.Event;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.testing.LampEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A feature with one effect, which a table counts. */
final class LampFeature implements Feature {

    static final String TABLE = "create table effect (event uuid not null, attempt int not null)";

    /** Leaves a row. */
    record Note(UUID event, int attempt) implements Command<Void> {}

    /** Fails inside the transaction, after having left a row. */
    record NoteAndFail(UUID event) implements Command<Void> {}

    /** Fails in the database, after having left a row. */
    record NoteAndBreak(UUID event) implements Command<Void> {}

    @Override
    public String name() {
        return "lamps";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(LampEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command("lamps.note", Note.class, LampFeature::note);
        registry.command(
                "lamps.note-and-fail",
                NoteAndFail.class,
                (tx, command) -> note(tx, new Note(command.event(), 0))
                        .compose(done -> Future.failedFuture("the command failed")));
        registry.command(
                "lamps.note-and-break",
                NoteAndBreak.class,
                (tx, command) -> note(tx, new Note(command.event(), 0))
                        .compose(done -> tx.sql().query("select 1 / 0").execute())
                        .mapEmpty());
    }

    private static Future<Void> note(Tx tx, Note command) {
        return tx.sql()
                .preparedQuery("insert into effect values ($1, $2)")
                .execute(Tuple.of(command.event(), command.attempt()))
                .mapEmpty();
    }

    /** A feature that has the workers, and nothing else. */
    static Feature having(List<Worker> workers) {
        return new Feature() {
            @Override
            public String name() {
                return "lamp-workers";
            }

            @Override
            public void install(FeatureRegistry registry, Platform platform) {
                registry.workers(workers.toArray(Worker[]::new));
            }
        };
    }

    /** A worker on lamps that were lit. */
    static Worker worker(String name, Function<EventDelivery, Future<WorkResult>> work) {
        return worker(name, false, work);
    }

    /** The same, whose commands are its only effects if it says so. */
    static Worker worker(String name, boolean commandsOnly, Function<EventDelivery, Future<WorkResult>> work) {
        return new Worker() {
            @Override
            public boolean commandsOnly() {
                return commandsOnly;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> types() {
                return Set.of("lamp.lit");
            }

            @Override
            public Future<WorkResult> work(EventDelivery delivery) {
                return work.apply(delivery);
            }
        };
    }

    /** Done, with a row that says so. */
    static Future<WorkResult> noted(EventDelivery delivery) {
        return Future.succeededFuture(WorkResult.done(new Note(delivery.id(), delivery.attempt())));
    }
}
