package dev.skelly.crypto;

import static dev.skelly.crypto.EncryptionFixture.BOTH;
import static dev.skelly.crypto.EncryptionFixture.NEW;
import static dev.skelly.crypto.EncryptionFixture.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept to recognise an event that is sent again tells nobody what was in it. */
class ContentDigestIT {

    private static final String PLAIN = "digest-that-anybody-computes";
    private static final String OTHER = "digest-of-other-content";

    private final UUID ada = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private EncryptionFixture feature;

    @BeforeEach
    void open() {
        feature = new EncryptionFixture();
    }

    @AfterEach
    void close() {
        feature.close();
    }

    private NewEvent draft(String digest, String data) {
        var type = ParcelEvent.eventTypes().named("parcel.sent").orElseThrow();
        var channels = List.of("role:admin");
        return new NewEvent(id, digest, type, "user:" + ada, channels, data, EncryptionFixture.cause(), Instant.EPOCH);
    }

    private NewEvent withStreet(String digest) {
        return draft(digest, "{\"grams\":5,\"street\":\"Elm Street 1\"}");
    }

    @CanIgnoreReturnValue
    private AppendResult.Fate fate(NewEvent draft) {
        return feature.append(OLD, List.of(draft)).get(0).fate();
    }

    @Test
    void knowsTheSameContentAgainAndKeepsNoDigestThatCanBeGuessed() {
        // When
        assertThat(fate(withStreet(PLAIN))).isEqualTo(AppendResult.Fate.APPENDED);

        // Then
        assertThat(feature.dump("event_key")).contains(id.toString()).doesNotContain(PLAIN);
        assertThat(fate(withStreet(PLAIN))).isEqualTo(AppendResult.Fate.REPEATED);
        assertThat(fate(withStreet(OTHER))).isEqualTo(AppendResult.Fate.CLASHING);
    }

    @Test
    void knowsItAgainAfterTheMasterKeyWasChanged() {
        // Given
        fate(withStreet(PLAIN));

        // When
        Waiting.on(new SubjectKeys(BOTH).rewrap(feature.database.pool()));

        // Then
        assertThat(feature.append(NEW, List.of(withStreet(PLAIN))).get(0).fate())
                .isEqualTo(AppendResult.Fate.REPEATED);
        assertThat(feature.append(NEW, List.of(withStreet(OTHER))).get(0).fate())
                .isEqualTo(AppendResult.Fate.CLASHING);
    }

    @Test
    void goesByTheIdAloneOnceThePersonIsErased() {
        // Given
        fate(withStreet(PLAIN));

        // When
        feature.erase(ada);

        // Then
        assertThat(fate(withStreet(OTHER))).isEqualTo(AppendResult.Fate.REPEATED);
        assertThat(feature.stamped()).hasSize(1);
    }

    @Test
    void leavesDigestsOfWhatIsNotSealedAsTheyAre() {
        assertThat(fate(draft(PLAIN, "{\"grams\":5}"))).isEqualTo(AppendResult.Fate.APPENDED);

        assertThat(feature.dump("event_key")).contains(PLAIN);
        assertThat(fate(draft(OTHER, "{\"grams\":6}"))).isEqualTo(AppendResult.Fate.CLASHING);
    }

    @Test
    void forgetsTheDigestsOfEarlierVersions() throws IOException {
        // Given: as they were written before they were keyed
        fate(withStreet(PLAIN));
        feature.database.execute("update event_key set digest = '" + PLAIN + "'");
        var other = UUID.randomUUID();
        feature.database.execute(
                "insert into event_key (id, digest, time) values ('" + other + "', 'of something open', now())");

        // When
        try (var migration = getClass().getResourceAsStream("/db/privacy/002_content_digest.sql")) {
            feature.database.execute(
                    new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8));
        }

        // Then
        assertThat(feature.dump("event_key")).doesNotContain(PLAIN).contains("of something open");
        assertThat(fate(withStreet(PLAIN))).isEqualTo(AppendResult.Fate.REPEATED);
        assertThat(feature.stamped()).hasSize(1);
    }
}
