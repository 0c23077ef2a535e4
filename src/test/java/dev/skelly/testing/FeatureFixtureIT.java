package dev.skelly.testing;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.testkit.FeatureFixture;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The fixture that features of other jars test with: what its workers are handed, and what it does with their results. */
class FeatureFixtureIT {

    private static final UUID ADA = new UUID(1, 1);

    /** Lights a lamp. */
    record Light(String lamp) implements Command<Void> {}

    /** Writes an event of a type without a record. */
    record Click(String element) implements Command<Void> {}

    /** Notes what its worker was handed. */
    record Note(String text) implements Command<Void> {}

    /** Reacts to its own events, to those of accounts, and to a declared type. */
    private record Watch(Set<String> types) implements Feature, Worker {

        @Override
        public String name() {
            return "watch";
        }

        @Override
        public List<Class<? extends Event>> events() {
            return List.of(LampEvent.class);
        }

        @Override
        public Optional<String> declarations() {
            return Optional.of("/events/tracking.yaml");
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command(
                    "watch.light-lamp",
                    Light.class,
                    (tx, command) -> tx.append(
                            new LampEvent.Lit(command.lamp(), command.lamp().length())));
            registry.command(
                    "watch.write-click",
                    Click.class,
                    (tx, command) -> tx.append(List.of(click(command, tx.cause(), platform)))
                            .mapEmpty());
            registry.command(
                    "watch.note-event",
                    Note.class,
                    (tx, command) -> tx.sql()
                            .query("insert into note values ('" + command.text() + "')")
                            .execute()
                            .mapEmpty());
            registry.workers(this);
        }

        private static NewEvent click(Click command, CommandContext cause, Platform platform) {
            return new NewEvent(
                    platform.ids().get(),
                    null,
                    platform.types().named("ui.clicked").orElseThrow(),
                    "page:home",
                    List.of("role:admin"),
                    "{\"element\":\"" + command.element() + "\"}",
                    cause,
                    platform.clock().instant());
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            var event = delivery.event() == null
                    ? "no record"
                    : delivery.event().getClass().getSimpleName();
            return Future.succeededFuture(
                    delivery.subject().equals("lamp:broken")
                            ? WorkResult.reject("it is broken")
                            : WorkResult.done(new Note(delivery.type() + " as " + event)));
        }
    }

    private static FeatureFixture watching(String... types) {
        var fixture = FeatureFixture.of(new Watch(Set.of(types)));
        fixture.execute("create table note (text text)");
        return fixture;
    }

    private static List<String> notes(FeatureFixture fixture) {
        return fixture.texts("select text from note order by 1");
    }

    @Test
    void handsOverWhatIsNewOnce() {
        try (var fixture = watching("lamp.lit")) {
            // Given
            await(fixture.send(new Light("red")));
            fixture.deliver();

            // When
            await(fixture.send(new Light("green")));
            fixture.deliver();
            fixture.deliver();

            // Then
            assertThat(notes(fixture)).containsExactly("lamp.lit as Lit", "lamp.lit as Lit");
            assertThat(fixture.log()).extracting(event -> event.subject()).containsExactly("lamp:red", "lamp:green");
        }
    }

    @Test
    void handsOverEventsOfOtherFeaturesAndOfTypesWithoutARecord() {
        try (var fixture = watching("user.registered", "ui.opened")) {
            // When
            fixture.deliver(new AccountEvent.Registered(ADA, true, "ada@example.org", null));
            fixture.deliver("ui.opened", "page:home", "{}");
            fixture.deliver("ui.closed", "page:home", "{}");

            // Then
            assertThat(notes(fixture)).containsExactly("ui.opened as no record", "user.registered as Registered");
        }
    }

    @Test
    void handsOverWrittenEventsOfTypesWithoutARecord() {
        try (var fixture = watching("ui.clicked")) {
            // Given
            await(fixture.send(new Click("button")));

            // When
            fixture.deliver();

            // Then
            assertThat(notes(fixture)).containsExactly("ui.clicked as no record");
        }
    }

    @Test
    void tellsWhichWorkerDidNotSucceed() {
        try (var fixture = watching("lamp.lit")) {
            // Given
            await(fixture.send(new Light("broken")));

            // Then
            assertThatThrownBy(fixture::deliver)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("watch is not done with lamp.lit")
                    .hasMessageContaining("it is broken");
        }
    }
}
