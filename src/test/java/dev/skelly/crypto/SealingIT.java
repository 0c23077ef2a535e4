package dev.skelly.crypto;

import static dev.skelly.crypto.EncryptionFixture.BOTH;
import static dev.skelly.crypto.EncryptionFixture.NEW;
import static dev.skelly.crypto.EncryptionFixture.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.event.Json;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealingIT {

    private final JsonMapper json = Json.mapper();
    private final UUID ada = UUID.randomUUID();
    private EncryptionFixture feature;

    @BeforeEach
    void open() {
        feature = new EncryptionFixture();
    }

    @AfterEach
    void close() {
        feature.close();
    }

    @Test
    void keepsSensitiveFieldsOutOfTheOpenAndGivesThemBack() {
        // When
        feature.append(sent("Elm Street 1"), scanned("p1"));

        // Then
        assertThat(feature.dump("event", "subject_key"))
                .doesNotContain("Elm Street", "Lovelace", "scribble")
                .contains("grams");
        var opened = Waiting.on(feature.decryptor(OLD).open(feature.stamped()));
        assertThat(opened.get(0).data()).contains("Elm Street 1", "Lovelace", "\"grams\":5");
        assertThat(opened.get(1).data()).contains("scribble");
        assertThat(opened).allMatch(event -> event.sealed() == null);
    }

    @Test
    void sealsWhatIsAppendedInABatchToo() {
        // Given
        var type = ParcelEvent.eventTypes().named("parcel.sent").orElseThrow();
        var drafts = IntStream.range(0, 4)
                .mapToObj(n -> new NewEvent(
                        UUID.randomUUID(),
                        null,
                        type,
                        "user:" + (n % 2 == 0 ? ada : new UUID(0, 7)),
                        List.of("role:admin"),
                        "{\"street\":\"Elm Street " + n + "\",\"grams\":" + n + "}",
                        EncryptionFixture.cause(),
                        Instant.EPOCH))
                .toList();

        // When
        Waiting.on(feature.log(OLD).transact(EncryptionFixture.cause(), tx -> tx.append(drafts)));

        // Then
        assertThat(feature.dump("event", "subject_key")).doesNotContain("Elm Street");
        assertThat(Waiting.on(feature.decryptor(OLD).open(feature.stamped())))
                .extracting(event -> json.readTree(event.data()).path("street").asText())
                .containsExactlyInAnyOrder("Elm Street 0", "Elm Street 1", "Elm Street 2", "Elm Street 3");
    }

    @Test
    void appendsNothingThatNoErasureWouldReach() {
        // Given
        var type = ParcelEvent.eventTypes().named("parcel.sent").orElseThrow();
        var nobodys = new NewEvent(
                UUID.randomUUID(),
                null,
                type,
                "user:everybody",
                List.of("role:admin"),
                "{\"street\":\"Elm Street\"}",
                EncryptionFixture.cause(),
                Instant.EPOCH);

        // When
        var appended = feature.log(OLD).transact(EncryptionFixture.cause(), tx -> tx.append(List.of(nobodys)));

        // Then
        assertThatThrownBy(() -> Waiting.on(appended))
                .rootCause()
                .hasMessageContaining("sensitive fields of parcel.sent with subject user:everybody")
                .hasMessageContaining("expected: one person");
        assertThat(feature.dump("event", "subject_key")).doesNotContain("parcel.sent", "everybody");
    }

    @Test
    void tellsTheBrokerNothingOfThem() {
        feature.append(sent("Elm Street 1"));

        var message = CloudEventMessage.write(feature.stamped().get(0), "worker", new MessageProof(new byte[16]));

        var body = message.bodyAsBinary().toString(StandardCharsets.UTF_8);
        assertThat(body).isEqualTo("{\"grams\": 5, \"userId\": \"" + ada + "\"}");
        assertThat(String.valueOf(message.unwrap().getApplicationProperties())).doesNotContainIgnoringCase("sealed");
    }

    @Test
    void leavesTheFieldsAbsentAndTheChainWholeOnceTheKeyIsDestroyed() {
        // Given
        feature.append(sent("Elm Street 1"), scanned("p1"));
        var events = feature.stamped();

        // When
        feature.erase(ada);
        feature.append(sent("Oak Street 2"));

        // Then
        var all = feature.stamped();
        var opened = Waiting.on(feature.decryptor(OLD).open(all));
        assertThat(opened).hasSize(3).noneMatch(event -> event.data().contains("treet"));
        assertThat(opened).noneMatch(event -> event.data().contains("scribble"));
        assertThat(all.get(2).sealed())
                .as("nothing is sealed for a person who is gone")
                .isNull();
        assertThat(all.subList(0, 2)).isEqualTo(events);
        assertThat(feature.walk().broken()).isEmpty();
    }

    @Test
    void opensNothingThatWasMovedFromOneEventToAnother() {
        // Given: of one person, so under one key (test E-35)
        feature.append(sent("Elm Street 1"), sent("Oak Street 2"));
        feature.stamp();

        // When
        feature.database.execute("update event a set sealed = b.sealed from event b where a.position = 3 - b.position");

        // Then
        assertThat(Waiting.on(feature.decryptor(OLD).open(feature.stamped())))
                .hasSize(2)
                .noneMatch(event -> event.data().contains("treet"));
        assertThat(feature.walk().broken().orElseThrow().position()).isEqualTo(1);
    }

    @Test
    void forgetsAnOpenedKeyWithinAMinuteAndAtOnceWhenItIsTold() {
        // Given
        feature.append(sent("Elm Street 1"));
        var decryptor = feature.decryptor(OLD);
        var events = feature.stamped();
        assertThat(Waiting.on(decryptor.open(events)).get(0).data()).contains("Elm Street");
        feature.erase(ada);

        // When
        feature.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(Waiting.on(decryptor.open(events)).get(0).data()).contains("Elm Street");
        feature.nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertThat(Waiting.on(decryptor.open(events)).get(0).data()).doesNotContain("Elm Street");
    }

    @Test
    void forgetsAnOpenedKeyAtOnceWhenThePersonsRightsAreVoided() {
        // Given
        feature.append(sent("Elm Street 1"));
        var decryptor = feature.decryptor(OLD);
        var events = feature.stamped();
        Waiting.on(decryptor.open(events));
        feature.erase(ada);

        // When
        decryptor.forget(Set.of(ada));

        // Then
        assertThat(Waiting.on(decryptor.open(events)).get(0).data()).doesNotContain("Elm Street");
    }

    @Test
    void makesOneKeyForManyWhoNeedItAtOnceAndNoneForThoseWhoRollBack() {
        // When
        assertThat(Waiting.failure(feature.log(OLD)
                        .transact(
                                EncryptionFixture.cause(),
                                tx -> tx.append(sent("Elm Street 0")).compose(done -> Future.failedFuture("no")))))
                .hasMessage("no");
        Waiting.on(Future.all(IntStream.range(0, 20)
                .mapToObj(n ->
                        feature.log(OLD).transact(EncryptionFixture.cause(), tx -> tx.append(sent("Elm Street " + n))))
                .toList()));

        // Then
        var opened = Waiting.on(feature.decryptor(OLD).open(feature.stamped()));
        assertThat(opened).hasSize(20).allMatch(event -> event.data().contains("Elm Street"));
    }

    @Test
    void changesTheMasterKeyWithoutTouchingTheLog() {
        // Given
        feature.append(sent("Elm Street 1"));
        var events = feature.stamped();

        // When
        assertThat(Waiting.on(feature.decryptor(BOTH).open(events)).get(0).data())
                .contains("Elm Street");
        var rewrapped = Waiting.on(new SubjectKeys(BOTH).rewrap(feature.database.pool()));

        // Then
        assertThat(rewrapped).isEqualTo(1);
        assertThat(feature.stamped()).isEqualTo(events);
        assertThat(Waiting.on(feature.decryptor(NEW).open(events)).get(0).data())
                .contains("Elm Street");
        assertThat(Waiting.failure(feature.decryptor(OLD).open(events))).hasMessageContaining("security.master-key");
        assertThat(Waiting.on(new SubjectKeys(BOTH).rewrap(feature.database.pool())))
                .isZero();
    }

    @Test
    void sealsKeysThatLayOpenOnceThereIsAMasterKey() {
        // Given
        Waiting.on(feature.log(Optional.empty())
                .transact(EncryptionFixture.cause(), tx -> tx.append(sent("Elm Street 1"))));
        var events = feature.stamped();
        assertThat(Waiting.on(feature.decryptor(OLD).open(events)).get(0).data())
                .contains("Elm Street");

        // When
        Waiting.on(new SubjectKeys(OLD).rewrap(feature.database.pool()));

        // Then
        assertThat(Waiting.on(feature.decryptor(OLD).open(events)).get(0).data())
                .contains("Elm Street");
        assertThat(Waiting.failure(feature.decryptor(Optional.empty()).open(events)))
                .hasMessageContaining("security.master-key");
    }

    private ParcelEvent sent(String street) {
        return new ParcelEvent.Sent(ada, 5, street, new ParcelEvent.Receiver("Lovelace", 2));
    }

    private ParcelEvent scanned(String parcel) {
        return new ParcelEvent.Scanned(ada, parcel, "scribble");
    }
}
