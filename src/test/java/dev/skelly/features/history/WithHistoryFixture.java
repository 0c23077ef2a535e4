package dev.skelly.features.history;

import static dev.skelly.testkit.FeatureFixture.await;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.event.VisibleTo;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Response;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.LaterCommands;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestRequest;
import dev.skelly.view.EventViews;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** A log with pages of books, and three people who read it. */
abstract class WithHistoryFixture {

    final TestDatabase database = TestDatabase.fresh();
    final EventViews views = new EventViews(
            EventTypeRegistry.of(Map.of("/skelly/desk", List.of(PageTurned.class))), (who, channel) -> false);
    final FeatureFixture house = new FeatureFixture(
            database,
            Clock.systemUTC(),
            new Desk(),
            new HistoryFeature(
                    () -> views,
                    new FieldDecryptor(new LaterCommands(this::house), PrivacyConfig.DEFAULT, Json.mapper())));
    final Principal ada = principal("user");
    final Principal staff = principal("user", "staff");
    final Principal admin = principal("user", "admin");

    @EventName(value = "page.turned", formerly = "leaf.turned")
    @Description("A page was turned.")
    @Channels({"public", "user:{user}", "role:{role}"})
    record PageTurned(
            String book,
            int number,
            String channel,
            @VisibleTo("staff") String margin) implements Event {

        @Override
        public String subject() {
            return "book:" + book;
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    record Turn(String book, int first, int last, String channel) implements Command<Void> {}

    private static final class Desk implements Feature {

        @Override
        public String name() {
            return "desk";
        }

        @Override
        public List<Class<? extends Event>> events() {
            return List.of(PageTurned.class);
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command("desk.turn", Turn.class, (tx, turn) -> {
                io.vertx.core.Future<Void> done = io.vertx.core.Future.succeededFuture();
                for (var n = turn.first(); n <= turn.last(); n++) {
                    var page = new PageTurned(turn.book(), n, turn.channel(), "hidden words");
                    done = done.compose(before -> tx.append(page));
                }
                return done;
            });
        }
    }

    private CommandBus house() {
        return house;
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Principal principal(String... roles) {
        return new Principal(UUID.randomUUID(), UUID.randomUUID(), Set.of(roles), 0, Instant.MAX);
    }

    final void turn(String book, int first, int last, String channel) {
        await(house.send(new Turn(book, first, last, channel), CommandContext.fresh(new UUID(1, 1))));
        house.execute("update event set position = seq where position is null");
    }

    final Response list(Principal reader, Map<String, String> queries) {
        return await(house.call("GET", "/api/events", request(reader, queries)));
    }

    static TestRequest request(Principal reader, Map<String, String> queries) {
        return new TestRequest("", Map.of(), queries, Map.of(), Map.of(), reader);
    }

    @SuppressWarnings("unchecked")
    final List<Map<String, Object>> items(Response page) {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(house.body(page).get("items"));
    }

    final List<Object> numbers(Response page) {
        return items(page).stream()
                .map(item ->
                        Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(item.get("data"))).get("number")))
                .toList();
    }

    final String next(Response page) {
        return String.valueOf(house.body(page).get("nextCursor"));
    }

    static String header(Response page, String name) {
        return page.headers().stream()
                .filter(header -> header.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
