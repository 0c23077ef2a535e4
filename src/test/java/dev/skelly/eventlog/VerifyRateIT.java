package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How fast a log is proved; at full length only. */
@EnabledIfSystemProperty(named = "skelly.torture", matches = "true")
class VerifyRateIT {

    private static final Logger LOGGER = LoggerFactory.getLogger(VerifyRateIT.class);
    private static final int EVENTS = 300_000;
    private static final int RUNS = 3;
    private static final String FILL = """
            insert into event (id, type, source, subject, subject_version, actor, correlation, time, channels, data, sealed)
            select gen_random_uuid(), 'lamp.lit', '/skelly/lamps', 'lamp:' || n %% 1000, n / 1000, gen_random_uuid(), gen_random_uuid(), now(),
              array['public', 'role:admin'], jsonb_build_object('watts', n, 'note', repeat('a note ', 10)),
              case when n %% 4 = 0 then decode(repeat('ab', 80), 'hex') end
            from generate_series(1, %d) n
            """.formatted(EVENTS);

    @Test
    void provesFiftyThousandEventsASecond() {
        try (var database = TestDatabase.fresh()) {
            database.execute(FILL);
            database.execute("select count(*) from stamp_events(0, 0, " + EVENTS + ", 1000000000)");
            var address = database.address();
            var walk =
                    new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false);

            var best = 0.0;
            for (var run = 0; run < RUNS; run++) {
                var began = System.nanoTime();
                var walked = walk.walk(1, Long.MAX_VALUE, List.of());
                var rate = EVENTS / ((System.nanoTime() - began) / 1e9);
                assertThat(walked.broken()).isEmpty();
                assertThat(walked.events()).isEqualTo(EVENTS);
                LOGGER.atInfo().addKeyValue("perSecond", Math.round(rate)).log("proved");
                best = Math.max(best, rate);
            }
            assertThat(best).isGreaterThan(50_000);
        }
    }
}
