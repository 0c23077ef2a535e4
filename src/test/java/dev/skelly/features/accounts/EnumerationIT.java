package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.Response;
import dev.skelly.testing.Torture;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Neither words nor time tell whether an address has an account (E-11).
 *
 * <p>Times are of 60 pairs, of a thousand in {@code scripts/torture}, taken in turns so that both see the same machine, with
 * Argon2 at its cheapest: what its full cost hides, the work around it, is what may differ. The medians may differ by 2 ms or 1 % in the
 * torture; in the suite, whose machine may be busy, neither may be twice the other. Told is also how often the one took longer than the other: with nothing to tell them apart, half of all times.
 */
class EnumerationIT extends WithAccountsFixture {

    private static final int PAIRS = Torture.times(1_000, 60);
    private static final int WARM_UP = Torture.times(30, 10);
    private static final int ROUNDS_MAX = 3; // A machine that is busy elsewhere gets another try; a leak shows in each.
    private static final Duration DIFFERENCE_MAX = Duration.ofMillis(2);

    EnumerationIT() {
        super(AccountsFixture.mailing(privately()));
    }

    private static AuthConfig privately() {
        var shipped = AuthConfig.DEFAULT;
        return new AuthConfig(
                AuthConfig.Registration.PRIVATE,
                List.of(),
                shipped.sessionIdle(),
                shipped.sessionLife(),
                shipped.refreshGrace(),
                shipped.verificationLife(),
                shipped.resetLife(),
                shipped.emailChangeLife(),
                shipped.firstAdministratorLife(),
                shipped.freshSignIn());
    }

    @Override
    @BeforeEach
    void register() {
        await(registration(ADA, ""));
    }

    private Future<Response> registration(String email, String suffix) {
        var body = "{\"email\":\"" + email + "\",\"password\":\"" + AccountsFixture.PASSWORD + suffix + "\"}";
        return call("POST", "/api/auth/register", body);
    }

    private Future<Response> letter(String path, String email) {
        return call("POST", path, "{\"email\":\"" + email + "\"}");
    }

    @Test
    void registrationAnswersAlikeAndTellsTheOwnerByMail() {
        // When
        var fresh = await(registration("eve@example.org", ""));
        var known = await(registration("ADA@example.org", ""));
        house.features.deliver();

        // Then
        assertThat(known.body()).isEqualTo(fresh.body());
        assertThat(known.headers()).isEqualTo(fresh.headers());
        assertThat(known.cookies())
                .extracting(Response.Cookie::name, Response.Cookie::path, Response.Cookie::life)
                .isEqualTo(fresh.cookies().stream()
                        .map(cookie -> tuple(cookie.name(), cookie.path(), cookie.life()))
                        .toList());
        assertThat(known.status()).isEqualTo(202);
        assertThat(house.count("account")).isEqualTo(2);
        var office = house.office.orElseThrow();
        assertThat(office.subjects(ADA)).containsExactly("Welcome to Skelly", "You have an account already");
        assertThat(office.subjects("eve@example.org")).containsExactly("Welcome to Skelly");
    }

    @Test
    void signingInRightAfterRegisteringTellsNothingEither() {
        // Given
        var eve = AccountsFixture.cookie(await(registration("eve@example.org", "")), "device");
        await(registration(ADA, " of a stranger"));

        // When
        var fresh = refusal(house.login("eve@example.org", AccountsFixture.PASSWORD));
        var known = refusal(house.login(ADA, AccountsFixture.PASSWORD + " of a stranger"));

        // Then
        assertThat(fresh.code()).isEqualTo(known.code()).isEqualTo("wrong-credentials");
        house.features.deliver();
        var link = "{\"token\":\"" + house.office.orElseThrow().token("eve@example.org", "verify-email") + "\"}";
        await(house.features.call(
                "POST", "/api/auth/verify-email", TestRequest.of(link).carrying("device", eve)));
        assertThat(await(house.login("eve@example.org", AccountsFixture.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void timeTellsNothing() {
        house.features.execute("update account set verified_at = now()");
        alike("sign-in", n -> house.login(ADA, "wrong" + n), n -> house.login("nobody" + n + "@example.org", "wrong"));
        alike(
                "forgotten password",
                n -> letter("/api/auth/password/forgot", ADA),
                n -> letter("/api/auth/password/forgot", "nobody" + n + "@example.org"));
        alike(
                "verification",
                n -> letter("/api/auth/verify-email/resend", ADA),
                n -> letter("/api/auth/verify-email/resend", "nobody" + n + "@example.org"));
        alike("registration", n -> registration(ADA, ""), n -> registration("new" + n + "@example.org", ""));
    }

    /**
     * Two samples.
     *
     * @param difference of their medians
     * @param allowed what it may be
     * @param longer share of pairs of one of each in which the known one took longer (Mann and Whitney's U over all pairs)
     */
    private record Samples(Duration difference, Duration allowed, double longer) {

        private boolean alike() {
            return difference.abs().compareTo(allowed) <= 0;
        }
    }

    private void alike(String what, IntFunction<Future<?>> known, IntFunction<Future<?>> unknown) {
        for (var round = 0; ; round++) {
            var samples = samples(round * (PAIRS + WARM_UP), known, unknown);
            System.out.println("{\"test\":\"E-11\",\"what\":\"" + what + "\",\"pairs\":" + PAIRS
                    + ",\"mediansDifferByUs\":" + samples.difference().toNanos() / 1_000 + ",\"knownTookLonger\":"
                    + samples.longer() + "}");
            if (samples.alike()) {
                return;
            }
            assertThat(round).as(what + " differs by " + samples.difference()).isLessThan(ROUNDS_MAX - 1);
        }
    }

    private static Samples samples(int from, IntFunction<Future<?>> one, IntFunction<Future<?>> other) {
        var ofKnown = new long[PAIRS];
        var ofUnknown = new long[PAIRS];
        for (var n = -WARM_UP; n < PAIRS; n++) {
            var ofOne = nanos(one, from + n + WARM_UP);
            var ofOther = nanos(other, from + n + WARM_UP);
            if (n >= 0) {
                ofKnown[n] = ofOne;
                ofUnknown[n] = ofOther;
            }
        }
        var known = median(ofKnown);
        var unknown = median(ofUnknown);
        var allowed = Torture.ON ? Math.max(DIFFERENCE_MAX.toNanos(), unknown / 100) : Math.min(known, unknown);
        return new Samples(Duration.ofNanos(known - unknown), Duration.ofNanos(allowed), longer(ofKnown, ofUnknown));
    }

    private static double longer(long[] one, long[] other) {
        var longer = 0L;
        for (var a : one) {
            for (var b : other) {
                longer += a > b ? 1 : 0;
            }
        }
        return Math.round(1_000.0 * longer / one.length / other.length) / 1_000.0;
    }

    private static long nanos(IntFunction<Future<?>> call, int n) {
        var start = System.nanoTime();
        await(call.apply(n).transform(ended -> Future.succeededFuture(true)));
        return System.nanoTime() - start;
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
