package dev.skelly.features.notifications;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.eventlog.FieldSealing;
import dev.skelly.feature.Principal;
import dev.skelly.feature.RecipientDirectory.Choices;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.mail.Email;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TemporaryFolder;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestRequest;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Digests, groups and limits over a real database, with a clock that the test moves. */
class NotifyIT {

    private static final String KINDS = """
            notifications:
              - kind: bells
                meaning: Bells, told at the end of ten minutes.
                on: [bell.rung]
                to: {person: owner}
                text: {en: {title: "{count} bells", body: "{words}"}}
                channels: [in-app, mail]
                digest: {every: 10m}
              - kind: mornings
                meaning: Bells, told in the morning.
                on: [bell.rung]
                to: {person: owner}
                text: {en: {title: "{count} bells since yesterday"}}
                channels: [mail]
                digest: {dailyAt: 7}
              - kind: callers
                meaning: Bells by who rang them.
                on: [bell.rung]
                to: {person: owner}
                text: {en: {title: "{caller} rang {count} times"}}
                group: "{caller}"
            """;
    private static final UUID ADA = BellPeople.ADA;
    private static final int KEPT = 5;

    private final Path folder = TemporaryFolder.make("skelly-test-notify");
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:01:00Z"));
    private final BellPeople people = new BellPeople();
    private final List<Email> sent = new CopyOnWriteArrayList<>();
    private final TestDatabase database = TestDatabase.fresh("notifications", "security");
    private final FeatureFixture house;

    NotifyIT() {
        write();
        var config = new NotificationsConfig(folder, "en", KEPT, Duration.ofDays(90), 10);
        house = new FeatureFixture(
                database,
                clock,
                FieldSealing.NONE,
                letter -> {
                    sent.add(letter);
                    return Future.succeededFuture();
                },
                people,
                new NotificationsFeature(config, this::views, () -> true));
        live("Europe/Berlin");
    }

    private void write() {
        try {
            Files.writeString(folder.resolve("kinds.yaml"), KINDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventViews views() {
        return new EventViews(house.eventTypes(), (who, channel) -> false);
    }

    private void live(String zone) {
        var choices = new Choices(null, zone, true, Map.of());
        people.people.put(ADA, new Recipient(ADA, "ada@example.org", true, Set.of("user"), choices));
    }

    @AfterEach
    void close() {
        house.close();
        TemporaryFolder.delete(folder);
    }

    private void ring(String caller, String words) {
        await(house.send(new BellPeople.Ring(new BellPeople.BellRung(ADA, caller, words))));
        house.deliver();
    }

    /* Runs a job as at its due time. */
    private void run(String job) {
        house.features().stream()
                .flatMap(feature -> feature.jobs().stream())
                .filter(candidate -> candidate.name().equals(job))
                .forEach(found -> await(found.run().apply(clock.instant())));
        house.deliver();
    }

    private List<String> titles(String kind) {
        return house.texts("select title from notification where kind = '" + kind + "' order by id");
    }

    private List<String> counts() {
        return house.texts("select total || ' ' || unread || ' ' || unseen from notification_count");
    }

    @Test
    void aDigestEndsOnceAndTheNextEventBeginsAnother() {
        // Given
        ring("bob", "first");
        ring("eve", "second");
        run("notifications.close-digests");
        assertThat(sent).isEmpty();

        // When
        clock.pass(Duration.ofMinutes(9));
        run("notifications.close-digests");
        run("notifications.close-digests");
        ring("bob", "third");

        // Then
        assertThat(titles("bells")).containsExactly("2 bells", "1 bells");
        assertThat(sent).extracting(Email::subject).containsExactly("2 bells");
        assertThat(sent.get(0).text()).contains("second").doesNotContain("first");
    }

    @Test
    void aDailyDigestEndsAtTheHourOfThePerson() {
        // Given
        ring("bob", "");

        // Then: 7 o'clock in Berlin is 6 in UTC
        assertThat(house.texts("select due_at at time zone 'UTC' from notification where kind = 'mornings'"))
                .containsExactly("2026-11-24T06:00");
        assertThat(counts()).containsExactly("2 2 2");

        // When
        clock.pass(Duration.ofHours(18));
        run("notifications.close-digests");

        // Then: both digests are over, and are one mail
        assertThat(sent).extracting(Email::subject).containsExactly("2 notifications");
        assertThat(sent.get(0).text()).contains("1 bells since yesterday");
    }

    @Test
    void whatWasReadIsNotMailedAndTakesNoMoreEvents() {
        // Given
        ring("bob", "");

        // When
        var reader = new Principal(ADA, ADA, Set.of("user"), 0, Instant.MAX);
        var reply = await(house.call(
                "POST", "/api/notifications/read-all", TestRequest.of("").by(reader)));
        ring("bob", "");
        clock.pass(Duration.ofMinutes(10));
        run("notifications.close-digests");

        // Then
        assertThat(house.body(reply)).containsEntry("changed", 2);
        assertThat(titles("callers")).containsExactly("bob rang 1 times", "bob rang 1 times");
        assertThat(sent).extracting(Email::subject).containsExactly("1 bells");
        assertThat(counts()).containsExactly("4 2 2");
    }

    @Test
    void eventsOfOneKeyShareANotification() {
        // When
        ring("bob", "");
        ring("eve", "");
        ring("bob", "");

        // Then
        assertThat(titles("callers")).containsExactly("bob rang 2 times", "eve rang 1 times");
        assertThat(house.texts("select type from event where type like 'notification.%' order by seq"))
                .startsWith("notification.created", "notification.created");
        assertThat(house.texts("""
                select data -> 'counts' ->> 'total' from event where type like 'notification.%' order by seq desc limit 1
                """)).containsExactly("3");
    }

    @Test
    void noMoreThanTheLimitAreKeptAndTheOldestGoFirst() {
        // When
        for (var n = 0; n < 9; n++) {
            ring("caller" + n, "");
        }

        // Then: all nine rings are in one notification of each of the other kinds
        assertThat(house.texts("select count(*) from notification")).containsExactly("" + KEPT);
        assertThat(titles("callers")).last().isEqualTo("caller8 rang 1 times");
    }

    @Test
    void oldOnesAreDeleted() {
        // Given
        ring("bob", "");
        clock.pass(Duration.ofDays(89));
        ring("eve", "");

        // When
        clock.pass(Duration.ofDays(2));
        run("notifications.delete-old");

        // Then
        assertThat(titles("callers")).containsExactly("eve rang 1 times");
        assertThat(counts()).containsExactly("1 1 1");
    }

    @Test
    void whoIsGoneGetsNone() {
        // Given
        ring("bob", "");
        assertThat(await(new NotificationPersonalData().export(database.pool(), ADA)))
                .containsKey("notifications");

        // When: the account is erased, and a node that does not know it yet handles an event
        await(house.send(new BellPeople.Erase(ADA)));
        ring("bob", "");
        people.people.clear();
        ring("bob", "");

        // Then
        assertThat(house.texts("select count(*) from notification")).containsExactly("0");
        assertThat(counts()).containsExactly("0 0 0");
    }
}
