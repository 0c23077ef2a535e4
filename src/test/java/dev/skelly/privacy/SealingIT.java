package dev.skelly.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.event.Cause;
import dev.skelly.event.Envelope;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.log.ChainWalk;
import dev.skelly.log.Draft;
import dev.skelly.log.EventLog;
import dev.skelly.log.LogReader;
import dev.skelly.persistence.Bindings;
import dev.skelly.persistence.CommandRunner;
import dev.skelly.security.MasterKey;
import dev.skelly.security.RightsLoss;
import dev.skelly.security.SecurityConfig;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealingIT {

    private static final Optional<MasterKey> OLD = master("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    private static final Optional<MasterKey> NEW = master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    private static final Optional<MasterKey> BOTH =
            master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    private final JsonMapper json = Json.mapper();
    private final UUID ada = UUID.randomUUID();
    private final AtomicLong nanos = new AtomicLong();
    private TestDatabase database;

    private static Optional<MasterKey> master(String text) {
        var shipped = SecurityConfig.DEFAULT;
        return MasterKey.of(new SecurityConfig(
                text,
                shipped.issuer(),
                shipped.audience(),
                shipped.tokenLife(),
                shipped.tokenLeeway(),
                shipped.passwordMemoryKib(),
                shipped.passwordIterations(),
                shipped.passwordsAtOnce(),
                shipped.passwordsWaitingMax()));
    }

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("privacy");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsSensitiveFieldsOutOfTheOpenAndGivesThemBack() {
        // When
        append(sent("Elm Street 1"), scanned("p1"));

        // Then
        assertThat(dump()).doesNotContain("Elm Street", "Lovelace", "scribble").contains("grams");
        var opened = Waiting.on(opener(OLD).open(stamped()));
        assertThat(opened.get(0).data()).contains("Elm Street 1", "Lovelace", "\"grams\":5");
        assertThat(opened.get(1).data()).contains("scribble");
        assertThat(opened).allMatch(event -> event.sealed() == null);
    }

    @Test
    void sealsWhatIsAppendedInABatchToo() {
        // Given
        var type = ParcelEvent.catalogue().named("parcel.sent").orElseThrow();
        var drafts = IntStream.range(0, 4)
                .mapToObj(n -> new Draft(
                        UUID.randomUUID(),
                        null,
                        type,
                        "user:" + (n % 2 == 0 ? ada : new UUID(0, 7)),
                        List.of("role:admin"),
                        "{\"street\":\"Elm Street " + n + "\",\"grams\":" + n + "}",
                        cause(),
                        Instant.EPOCH))
                .toList();

        // When
        Waiting.on(log(OLD).transact(cause(), tx -> tx.append(drafts)));

        // Then
        assertThat(dump()).doesNotContain("Elm Street");
        assertThat(Waiting.on(opener(OLD).open(stamped())))
                .extracting(event -> json.readTree(event.data()).path("street").asText())
                .containsExactlyInAnyOrder("Elm Street 0", "Elm Street 1", "Elm Street 2", "Elm Street 3");
    }

    @Test
    void tellsTheBrokerNothingOfThem() {
        append(sent("Elm Street 1"));

        var message = CloudEventMessage.write(stamped().get(0), "worker");

        var body = message.bodyAsBinary().toString(StandardCharsets.UTF_8);
        assertThat(body).isEqualTo("{\"grams\": 5, \"userId\": \"" + ada + "\"}");
        assertThat(String.valueOf(message.unwrap().getApplicationProperties())).doesNotContainIgnoringCase("sealed");
    }

    @Test
    void leavesTheFieldsAbsentAndTheChainWholeOnceTheKeyIsDestroyed() {
        // Given
        append(sent("Elm Street 1"), scanned("p1"));
        var events = stamped();

        // When
        erase();
        append(sent("Oak Street 2"));

        // Then
        var all = stamped();
        var opened = Waiting.on(opener(OLD).open(all));
        assertThat(opened).hasSize(3).noneMatch(event -> event.data().contains("treet"));
        assertThat(opened).noneMatch(event -> event.data().contains("scribble"));
        assertThat(all.get(2).sealed())
                .as("nothing is sealed for a person who is gone")
                .isNull();
        assertThat(all.subList(0, 2)).isEqualTo(events);
        var address = database.address();
        var walk = new ChainWalk(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false);
        assertThat(walk.walk(1, Long.MAX_VALUE, List.of()).broken()).isEmpty();
    }

    @Test
    void forgetsAnOpenedKeyWithinAMinuteAndAtOnceWhenItIsTold() {
        // Given
        append(sent("Elm Street 1"));
        var opener = opener(OLD);
        var events = stamped();
        assertThat(Waiting.on(opener.open(events)).get(0).data()).contains("Elm Street");
        erase();

        // When
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(Waiting.on(opener.open(events)).get(0).data()).contains("Elm Street");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertThat(Waiting.on(opener.open(events)).get(0).data()).doesNotContain("Elm Street");
    }

    @Test
    void forgetsAnOpenedKeyAtOnceWhenThePersonsRightsAreVoided() {
        // Given
        append(sent("Elm Street 1"));
        var opener = opener(OLD);
        var events = stamped();
        Waiting.on(opener.open(events));
        erase();

        // When
        opener.forget(new RightsLoss(Set.of(), Map.of(ada, 2), Set.of()));

        // Then
        assertThat(Waiting.on(opener.open(events)).get(0).data()).doesNotContain("Elm Street");
    }

    @Test
    void makesOneKeyForManyWhoNeedItAtOnceAndNoneForThoseWhoRollBack() {
        // When
        assertThat(Waiting.failure(log(OLD).transact(
                                cause(),
                                tx -> tx.append(sent("Elm Street 0")).compose(done -> Future.failedFuture("no")))))
                .hasMessage("no");
        Waiting.on(Future.all(IntStream.range(0, 20)
                .mapToObj(n -> log(OLD).transact(cause(), tx -> tx.append(sent("Elm Street " + n))))
                .toList()));

        // Then
        var opened = Waiting.on(opener(OLD).open(stamped()));
        assertThat(opened).hasSize(20).allMatch(event -> event.data().contains("Elm Street"));
    }

    @Test
    void changesTheMasterKeyWithoutTouchingTheLog() {
        // Given
        append(sent("Elm Street 1"));
        var events = stamped();

        // When
        assertThat(Waiting.on(opener(BOTH).open(events)).get(0).data()).contains("Elm Street");
        var rewrapped = Waiting.on(new PrivacyFeature(BOTH).rewrap(database.pool()));

        // Then
        assertThat(rewrapped).isEqualTo(1);
        assertThat(stamped()).isEqualTo(events);
        assertThat(Waiting.on(opener(NEW).open(events)).get(0).data()).contains("Elm Street");
        assertThat(Waiting.failure(opener(OLD).open(events))).hasMessageContaining("security.master-key");
        assertThat(Waiting.on(new PrivacyFeature(BOTH).rewrap(database.pool()))).isZero();
    }

    @Test
    void sealsKeysThatLayOpenOnceThereIsAMasterKey() {
        // Given
        Waiting.on(log(Optional.empty()).transact(cause(), tx -> tx.append(sent("Elm Street 1"))));
        var events = stamped();
        assertThat(Waiting.on(opener(OLD).open(events)).get(0).data()).contains("Elm Street");

        // When
        Waiting.on(new PrivacyFeature(OLD).rewrap(database.pool()));

        // Then
        assertThat(Waiting.on(opener(OLD).open(events)).get(0).data()).contains("Elm Street");
        assertThat(Waiting.failure(opener(Optional.empty()).open(events))).hasMessageContaining("security.master-key");
    }

    private ParcelEvent sent(String street) {
        return new ParcelEvent.Sent(ada, 5, street, new ParcelEvent.Receiver("Lovelace", 2));
    }

    private ParcelEvent scanned(String parcel) {
        return new ParcelEvent.Scanned(ada, parcel, "scribble");
    }

    private static Cause cause() {
        return Cause.fresh(UUID.randomUUID());
    }

    private EventLog log(Optional<MasterKey> master) {
        return new EventLog(
                database.pool(),
                ParcelEvent.catalogue(),
                json,
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                new Vault(master, json),
                seq -> {});
    }

    private void append(Event... events) {
        for (var event : events) {
            Waiting.on(log(OLD).transact(cause(), tx -> tx.append(event)));
        }
    }

    private void erase() {
        var kept = new PrivacyFeature(OLD).personalData().orElseThrow();
        Waiting.on(log(OLD).transact(cause(), tx -> kept.erase(tx, ada)));
    }

    private List<Envelope> stamped() {
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
        return Waiting.on(new LogReader(database.pool()).page(0, null, null, 1_000))
                .events();
    }

    private String dump() {
        var rows = Waiting.on(database.pool()
                .query("select event::text from event union all select subject_key::text from subject_key")
                .execute());
        var text = new StringBuilder();
        rows.forEach(row -> text.append(row.getString(0)).append('\n'));
        return text.toString();
    }

    /** A node of its own, so with a cache of its own. */
    private Opener opener(Optional<MasterKey> master) {
        var runner = new CommandRunner(new Bindings(List.of(new PrivacyFeature(master))), log(master), database.pool());
        return new Opener(new Asking(runner), PrivacyConfig.DEFAULT, json, nanos::get);
    }
}
