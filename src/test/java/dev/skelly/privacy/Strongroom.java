package dev.skelly.privacy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.Cause;
import dev.skelly.event.Envelope;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.log.ChainWalk;
import dev.skelly.log.Draft;
import dev.skelly.log.EventLog;
import dev.skelly.log.LogReader;
import dev.skelly.log.Receipt;
import dev.skelly.log.Walked;
import dev.skelly.persistence.Bindings;
import dev.skelly.persistence.CommandRunner;
import dev.skelly.security.MasterKey;
import dev.skelly.security.SecurityConfig;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A log of parcels in a database of its own, with sealed fields. Blocks; close it. */
final class Strongroom implements AutoCloseable {

    static final Optional<MasterKey> OLD = master("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    static final Optional<MasterKey> NEW = master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    static final Optional<MasterKey> BOTH =
            master("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    final TestDatabase database = TestDatabase.fresh("privacy");
    final AtomicLong nanos = new AtomicLong();
    private final JsonMapper json = Json.mapper();

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

    static Cause cause() {
        return Cause.fresh(UUID.randomUUID());
    }

    EventLog log(Optional<MasterKey> master) {
        return new EventLog(
                database.pool(),
                ParcelEvent.catalogue(),
                json,
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                new Vault(master, json),
                seq -> {});
    }

    /** Each in a transaction of its own. */
    void append(Event... events) {
        for (var event : events) {
            Waiting.on(log(OLD).transact(cause(), tx -> tx.append(event)));
        }
    }

    List<Receipt> append(Optional<MasterKey> master, List<Draft> drafts) {
        return Waiting.on(log(master).transact(cause(), tx -> tx.append(drafts)))
                .value();
    }

    void erase(UUID person) {
        var kept = new PrivacyFeature(OLD).personalData().orElseThrow();
        Waiting.on(log(OLD).transact(cause(), tx -> kept.erase(tx, person)));
    }

    void stamp() {
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
    }

    /** Everything, stamped by now. */
    List<Envelope> stamped() {
        stamp();
        return Waiting.on(new LogReader(database.pool()).page(0, null, null, 1_000))
                .events();
    }

    Walked walk() {
        var address = database.address();
        return new ChainWalk(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false)
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
    Opener opener(Optional<MasterKey> master) {
        var runner = new CommandRunner(new Bindings(List.of(new PrivacyFeature(master))), log(master), database.pool());
        return new Opener(new Asking(runner), PrivacyConfig.DEFAULT, json, nanos::get);
    }

    @Override
    public void close() {
        database.close();
    }
}
