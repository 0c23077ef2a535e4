package dev.skelly.features.audit;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditIT {

    private static final int AT_ONCE = 50;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:05Z"));
    private final AuditTable table = new AuditTable(Json.mapper(), clock, UuidCreator::getTimeOrderedEpoch);
    private final UUID ada = UUID.randomUUID();
    private final FeatureFixture house =
            new FeatureFixture(TestDatabase.fresh("audit"), clock, new AuditFeature(), new Desk(table));

    record Do(AuditEntry act) implements Command<Void> {}

    record Fail(AuditEntry act) implements Command<Void> {}

    record Try(AuditEntry act) implements Command<Void> {}

    record Erase(UUID account) implements Command<Void> {}

    private record Desk(AuditTable table) implements Feature {

        @Override
        public String name() {
            return "desk";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command("desk.do", Do.class, (tx, command) -> table.note(tx, command.act()));
            registry.command(
                    "desk.fail",
                    Fail.class,
                    (tx, command) -> table.note(tx, command.act())
                            .compose(noted -> Future.failedFuture(Problem.conflict("no", "not this time"))));
            registry.command("desk.try", Try.class, (tx, command) -> table.noteOften(tx, command.act()));
            registry.command("desk.erase", Erase.class, (tx, command) -> table.erase(tx, command.account()));
        }
    }

    @AfterEach
    void close() {
        house.close();
    }

    private CommandContext from(String address) {
        return new CommandContext(new UUID(1, 1), null, ada, null, address);
    }

    private List<Map<String, Object>> items(String name, String value) {
        return items(
                await(house.call("GET", "/api/admin/audit", TestRequest.of("").asking(name, value))));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> items(Response page) {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(house.body(page).get("items"));
    }

    @Test
    void tellsWhoDidWhatFromWhereAndWhatItChanged() {
        // When
        await(house.send(
                new Do(AuditEntry.on("user:1", "user.roles-changed")
                        .changing(Map.of("roles", List.of()), Map.of("roles", List.of("admin")))),
                from("192.0.2.1")));

        // Then
        assertThat(items("act", "user.*"))
                .singleElement()
                .satisfies(noted -> assertThat(noted)
                        .containsEntry("actor", ada.toString())
                        .containsEntry("target", "user:1")
                        .containsEntry("address", "192.0.2.1")
                        .containsEntry("time", "2026-11-23T12:00:05Z")
                        .containsEntry("before", Map.of("roles", List.of()))
                        .containsEntry("after", Map.of("roles", List.of("admin"))));
        assertThat(items("act", "use.*")).isEmpty();
        assertThat(items("actor", UUID.randomUUID().toString())).isEmpty();
        assertThat(items("since", "2026-11-23T12:00:06Z")).isEmpty();
        assertThat(items("address", "192.0.2.1")).hasSize(1);
    }

    @Test
    void notesNothingOfAnActThatWasRolledBack() {
        // When
        var refusal = house.send(new Fail(AuditEntry.on("user:1", "user.deleted")), from("192.0.2.1"));

        // Then
        assertThat(catchThrowableOfType(Problem.class, () -> await(refusal))).isNotNull();
        assertThat(items("limit", "10")).isEmpty();
    }

    @Test
    void countsWhatAnybodyCanCauseByTheMinute() {
        // When
        IntStream.range(0, 5)
                .forEach(n ->
                        await(house.send(new Try(AuditEntry.on("user:1", "user.sign-in-failed")), from("192.0.2.1"))));
        clock.pass(Duration.ofMinutes(1));
        await(house.send(new Try(AuditEntry.on("user:1", "user.sign-in-failed")), from("192.0.2.1")));

        // Then
        assertThat(items("target", "user:1"))
                .extracting(noted -> noted.get("times"))
                .containsExactly(1, 5);
    }

    @Test
    void boundsTheRowsOfAFloodFromManyAddresses() {
        // Given
        var flood = AuditTable.OFTEN_ROWS_A_MINUTE + 200;

        // When
        for (var sent = 0; sent < flood; sent += AT_ONCE) {
            IntStream.range(sent, sent + AT_ONCE)
                    .mapToObj(n ->
                            house.send(new Try(AuditEntry.on(null, "user.sign-in-failed")), from("2001:db8::" + n)))
                    .toList()
                    .forEach(FeatureFixture::await);
        }

        // Then
        var rows = Long.parseLong(house.texts("select count(*) from audit").get(0));
        assertThat(rows).isLessThanOrEqualTo(AuditTable.OFTEN_ROWS_A_MINUTE + 20L);
        assertThat(house.texts("select sum(times) from audit")).containsExactly(String.valueOf(flood));
    }

    @Test
    void forgetsAnErasedPersonsAddressAndValuesButNotThatItHappened() {
        // Given
        var self = AuditEntry.on("user:" + ada, "user.sign-in-failed");
        await(house.send(new Try(self), from("192.0.2.1")));
        await(house.send(new Try(self), from("192.0.2.2")));
        await(house.send(new Do(self.changing(Map.of("email", "a"), Map.of("email", "b"))), from("192.0.2.1")));

        // When
        await(house.send(new Erase(ada), CommandContext.fresh(new UUID(1, 1))));

        // Then
        assertThat(items("actor", ada.toString()))
                .hasSize(3)
                .allSatisfy(noted -> assertThat(noted)
                        .doesNotContainKey("address")
                        .containsEntry("before", Map.of())
                        .containsEntry("after", Map.of()));
    }

    @Test
    void pagesFromTheNewestToTheOldest() {
        // Given
        for (var n = 0; n < 5; n++) {
            clock.pass(Duration.ofSeconds(1));
            await(house.send(new Do(AuditEntry.on("thing:" + n, "thing.done")), from("192.0.2.1")));
        }

        // When
        var first =
                await(house.call("GET", "/api/admin/audit", TestRequest.of("").asking("limit", "3")));

        // Then
        assertThat(items(first))
                .extracting(noted -> noted.get("target"))
                .containsExactly("thing:4", "thing:3", "thing:2");
        assertThat(first.headers())
                .anySatisfy(header -> assertThat(header.getValue())
                        .contains("limit=3&cursor=")
                        .endsWith("rel=\"next\""));
        var cursor = String.valueOf(house.body(first).get("nextCursor"));
        assertThat(items("cursor", cursor))
                .extracting(noted -> noted.get("target"))
                .containsExactly("thing:1", "thing:0");
    }

    @Test
    void namesEveryParameterThatIsWrong() {
        // Given
        var request = new TestRequest(
                "",
                Map.of(),
                Map.of("act", "User", "actor", "me", "since", "yesterday", "until", "9", "cursor", "x", "limit", "0"),
                Map.of(),
                Map.of(),
                null);

        // When
        var problem = catchThrowableOfType(Problem.class, () -> await(house.call("GET", "/api/admin/audit", request)));

        // Then
        assertThat(problem.faults())
                .extracting(fault -> fault.pointer())
                .containsExactlyInAnyOrder("act", "actor", "since", "until", "cursor", "limit");
    }
}
