package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way in which somebody with the database's password might change the past. */
class HashChainVerifierIT {

    private static final int EVENTS = 200;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /* One bit of one column, in one of the forms that a column may have. */
    private static final Map<String, String> FLIPS = new LinkedHashMap<>();

    static {
        FLIPS.put("seq", "seq # (1::bigint << (40 + $ % 20))");
        FLIPS.put("position", "position # (1::bigint << (40 + $ % 20))");
        FLIPS.put("id", uuid("id"));
        FLIPS.put("type", text("type"));
        FLIPS.put("type_version", "type_version # (1 << $ % 30)");
        FLIPS.put("source", text("source"));
        FLIPS.put("subject", text("subject"));
        FLIPS.put("subject_version", "subject_version # (1::bigint << $ % 60)");
        FLIPS.put("actor", "gen_random_uuid()");
        FLIPS.put("correlation", uuid("correlation"));
        FLIPS.put("causation", "gen_random_uuid()");
        FLIPS.put("time", "time + interval '1 microsecond' * (1::bigint << $ % 40)");
        FLIPS.put("channels", "array[" + text("channels[1]") + "]");
        FLIPS.put("data", "jsonb_set(data, '{watts}', to_jsonb((data ->> 'watts')::int # (1 << $ % 20)))");
        FLIPS.put("traceparent", "'0'");
        FLIPS.put("sealed", "decode('00', 'hex')");
        FLIPS.put("digest", "sha256(decode('00', 'hex'))");
        FLIPS.put("hash", "set_byte(hash, $ % 32, get_byte(hash, $ % 32) # (1 << $ % 8))");
    }

    private static TestDatabase database;

    private static String uuid(String column) {
        var bytes = "uuid_send(" + column + ")";
        return "encode(set_byte(" + bytes + ", $ % 16, get_byte(" + bytes + ", $ % 16) # (1 << $ % 8)), 'hex')::uuid";
    }

    private static String text(String column) {
        var place = "1 + $ % length(" + column + ")";
        return "overlay(" + column + " placing chr(ascii(substr(" + column + ", " + place + ", 1)) # 1) from " + place
                + ")";
    }

    @BeforeAll
    static void stampSome() {
        database = TestDatabase.fresh();
        new Lamps(database.pool(), LampEvent.eventTypes(), seq -> {}).light(EVENTS);
        database.execute("update event set sealed = decode('0102', 'hex') where seq % 3 = 0");
        database.execute("select count(*) from stamp_events(0, 0, 120, 10000000)");
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
        database.execute("alter table event alter seq drop identity");
        database.execute("create table kept as table event");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void restore() {
        database.execute("truncate event");
        database.execute("insert into event select * from kept");
    }

    @Test
    void findsNothingWhereNothingWasChanged() {
        assertThat(walk(1)).isEqualTo(new VerificationReport(1, EVENTS, EVENTS, 0, Optional.empty()));
        assertThat(walk(150).events()).isEqualTo(EVENTS - 149);
        assertThat(walk(EVENTS + 1).events()).isZero();
    }

    @Test
    void findsOneFlippedBitInAnyColumnOfAnyRow() {
        var seed = Torture.seed("chain walk");
        var random = new Random(seed);
        FLIPS.forEach((column, flip) -> {
            for (var round = 0; round < 2; round++) {
                // Given
                restore();
                var position = 1 + random.nextInt(EVENTS);
                var expression = flip.replace("$", Integer.toString(random.nextInt(1 << 20)));
                database.execute("update event set " + column + " = " + expression + " where position = " + position);

                // When
                var broken = walk(1).broken();

                // Then
                assertThat(broken)
                        .as("%s: %s, seed %d", column, expression, seed)
                        .isPresent();
                assertThat(broken.get().position()).isEqualTo(position);
            }
        });
    }

    @Test
    void leavesNoColumnOut() {
        var columns = Waiting.on(database.pool()
                .query(
                        "select attname from pg_attribute where attrelid = 'event'::regclass and attnum > 0 and not attisdropped")
                .execute());

        assertThat(columns).extracting(row -> row.getString(0)).containsExactlyInAnyOrderElementsOf(FLIPS.keySet());
    }

    @Test
    void findsAnEventThatIsMissing() {
        database.execute("delete from event where position = 77");

        assertBroken(77, "is missing");
    }

    @Test
    void findsTwoEventsThatChangedPlaces() {
        database.execute("update event set position = 31 + 90 - position where position in (31, 90)");

        assertBroken(31, "its content does not match its hash");
    }

    @Test
    void findsAnEventThatWasSlippedIn() {
        database.execute("update event set position = position + 1 where position >= 50");
        insertCopyOf(50);

        assertThat(walk(1).broken())
                .hasValueSatisfying(at -> assertThat(at.position()).isEqualTo(50));
    }

    @Test
    void findsTwoEventsAtOnePosition() {
        insertCopyOf(60);

        assertThat(walk(1).broken()).isPresent();
    }

    @Test
    void findsAnEndThatWasCutOffWhereASealWasTaken() {
        // Given
        var seal = Waiting.on(ChainCheckpoint.take(database.pool(), NOW)).orElseThrow();
        database.execute("delete from event where position > 180");

        // When
        var walked = walk(1, seal);

        // Then
        assertThat(walk(1).broken()).as("nothing tells, without a seal").isEmpty();
        assertThat(walked.broken()).hasValueSatisfying(at -> {
            assertThat(at.position()).isEqualTo(181);
            assertThat(at.what()).contains("is missing", "2026-01-01T00:00:00Z", "position 200");
        });
    }

    @Test
    void findsAPastThatWasWrittenAnewWhereASealWasTaken() {
        // Given
        var seal = Waiting.on(ChainCheckpoint.take(database.pool(), NOW)).orElseThrow();
        database.execute("update event set position = null, hash = null");
        database.execute("update event set type = 'lamp.failed' where seq = 7");
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");

        // Then
        assertThat(walk(1).broken()).as("a chain of its own").isEmpty();
        assertThat(walk(1, ChainCheckpoint.parse(seal.line())).broken())
                .hasValueSatisfying(at -> assertThat(at.what()).contains("when the seal of"));
    }

    @Test
    void refusesASealOfAnotherLog() {
        var other = new ChainCheckpoint(NOW, 1, new HashChainHead(3, "0".repeat(64)));

        assertThat(walk(1, other).broken())
                .hasValueSatisfying(at -> assertThat(at.what()).contains("another log"));
    }

    @Test
    void acceptsWhatWasEmptiedInItsTimeAndNothingElse() {
        // Given
        var emptied =
                "update event set digest = sha256(record_send(row(data::text, sealed))), data = '{}', sealed = null where ";
        database.execute(emptied + "position in (10, 20)");

        // Then
        var walked = walk((type, time) -> type.equals("lamp.lit") && time.isAfter(NOW.minusSeconds(1_000_000_000)), 1);
        assertThat(walked.broken()).isEmpty();
        assertThat(walked.emptied()).isEqualTo(2);
        assertBroken(10, "was emptied before its time");
    }

    @Test
    void chainsWhatWasStampedBeforeThereWasAChain() {
        // Given
        database.execute("alter table event drop sealed, drop digest, drop hash");
        database.execute("drop aggregate chain(bytea)");
        database.execute("drop function chain_link(bytea, bytea)");

        // When
        database.execute(resource("/db/log/005_chain.sql"));

        // Then
        assertThat(walk(1).events()).isEqualTo(EVENTS);
        assertThat(walk(1).broken()).isEmpty();
        database.execute("drop table kept");
        database.execute("create table kept as table event");
    }

    private static void insertCopyOf(long position) {
        database.execute(
                "insert into event select (jsonb_populate_record(kept, '{\"seq\": 5000}')).* from kept where position = "
                        + position);
    }

    private void assertBroken(long position, String what) {
        assertThat(walk(1).broken()).hasValueSatisfying(at -> {
            assertThat(at.position()).isEqualTo(position);
            assertThat(at.what()).contains(what);
        });
    }

    private VerificationReport walk(long from, ChainCheckpoint... seals) {
        return walk((type, time) -> false, from, seals);
    }

    private VerificationReport walk(HashChainVerifier.RetentionTime retention, long from, ChainCheckpoint... seals) {
        var address = database.address();
        return new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), retention)
                .walk(from, Long.MAX_VALUE, List.of(seals));
    }

    private static String resource(String name) {
        try (var stream = HashChainVerifierIT.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
