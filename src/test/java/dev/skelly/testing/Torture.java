package dev.skelly.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What differs between the suite and {@code scripts/torture}: the suite is short, takes the same seeds each time and judges nothing by the
 * clock; the torture runs at full length, with new seeds, and holds the product to the durations that it promises.
 */
public final class Torture {

    /** Whether this run is the torture. */
    public static final boolean ON = Boolean.getBoolean("skelly.torture");

    private static final long SEED_OF_THE_SUITE = 6_995_145_056_364_936_483L;

    private Torture() {}

    /**
     * The seed of a test's random input, printed: that of {@code -Dskelly.seed=…}, else a new one in the torture and always the same one in
     * the suite.
     *
     * @param test whose seed it is, for the printed line
     */
    public static long seed(String test) {
        var given = Long.getLong("skelly.seed");
        var seed = given != null ? given : ON ? new SecureRandom().nextLong() : SEED_OF_THE_SUITE;
        System.out.println("{\"test\":\"" + test + "\",\"seed\":" + seed + "}");
        return seed;
    }

    /**
     * Prints how long something took, and in the torture holds it to what is promised. A busy machine is no fault of the product, so the
     * suite only sees that it happened at all.
     */
    public static void promise(String what, Duration took, Duration promised) {
        System.out.println("{\"promise\":\"" + what + "\",\"tookMs\":" + took.toMillis() + ",\"promisedMs\":"
                + promised.toMillis() + "}");
        if (ON) {
            assertThat(took).as(what).isLessThanOrEqualTo(promised);
        }
    }

    /** Waits until something is so, and treats how long that took as {@link #promise} does. */
    public static void within(String what, Duration promised, Callable<Boolean> isSo) {
        var began = System.nanoTime();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(isSo);
        promise(what, Duration.ofNanos(System.nanoTime() - began), promised);
    }

    /** The one in the torture, the other in the suite. */
    public static int times(int torture, int suite) {
        return ON ? torture : suite;
    }
}
