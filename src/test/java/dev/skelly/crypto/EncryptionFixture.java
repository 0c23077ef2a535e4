package dev.skelly.crypto;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.command.CommandExecutor;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.HashChainVerifier;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A log of parcels in a database of its own, with sealed fields. Blocks; close it. */
public final class EncryptionFixture implements AutoCloseable {

    public static final Optional<MasterKey> OLD = master("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    static final Optional<MasterKey> NEW = master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    static final Optional<MasterKey> BOTH =
            master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    public final TestDatabase database = TestDatabase.fresh("privacy");
    final AtomicLong nanos = new AtomicLong();
    private final JsonMapper json = Json.mapper();

    private static Optional<MasterKey> master(String text) {
        return MasterKey.configured(text);
    }

    static CommandContext cause() {
        return CommandContext.fresh(UUID.randomUUID());
    }

    EventLog log(Optional<MasterKey> master) {
        return new EventLog(
                database.pool(),
                ParcelEvent.eventTypes(),
                json,
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                new FieldEncryptor(master, json),
                seq -> {});
    }

    /** Each in a transaction of its own. */
    public void append(Event... events) {
        for (var event : events) {
            Waiting.on(log(OLD).transact(cause(), tx -> tx.append(event)));
        }
    }

    List<AppendResult> append(Optional<MasterKey> master, List<NewEvent> drafts) {
        return Waiting.on(log(master).transact(cause(), tx -> tx.append(drafts)))
                .value();
    }

    public void erase(UUID person) {
        var kept = TestPlatform.personalKeys(OLD);
        Waiting.on(log(OLD).transact(cause(), tx -> kept.erase(tx, person)));
    }

    public void stamp() {
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
    }

    /** Everything, stamped by now. */
    public List<StoredEvent> stamped() {
        stamp();
        return Waiting.on(new LogReader(database.pool()).page(0, null, null, 1_000))
                .events();
    }

    public VerificationReport walk() {
        var address = database.address();
        return new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false)
                .walk(1, Long.MAX_VALUE, List.of());
    }

    /** Every row of some tables as text. */
    String dump(String... tables) {
        var text = new StringBuilder();
        for (var table : tables) {
            Waiting.on(database.pool()
                            .query("select t::text from " + table + " t order by 1")
                            .execute())
                    .forEach(row -> text.append(row.getString(0)).append('\n'));
        }
        return text.toString();
    }

    /** A node of its own, so with a cache of its own. */
    public FieldDecryptor decryptor(Optional<MasterKey> master) {
        var runner = new CommandExecutor(
                TestPlatform.alone().registry(TestPlatform.privacy(master)), log(master), database.pool());
        return new FieldDecryptor(new Asking(runner), PrivacyConfig.DEFAULT, json, nanos::get);
    }

    @Override
    public void close() {
        database.close();
    }
}
