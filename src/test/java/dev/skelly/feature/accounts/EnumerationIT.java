package dev.skelly.feature.accounts;

import static dev.skelly.testing.RoomHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Reply;
import dev.skelly.security.AuthConfig;
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
 * <p>Times are of 200 pairs, taken in turns so that both see the same machine, with Argon2 at its cheapest: at its full cost a thousand
 * would take minutes, and what it hides, the work around it, is what may differ. The medians may differ by 2 ms.
 */
class EnumerationIT extends InAccountsHouse {

    private static final int PAIRS = 200;
    private static final int WARM_UP = 30;
    private static final int ROUNDS_MAX = 3; // A machine that is busy elsewhere gets another try; a leak shows in each.
    private static final Duration DIFFERENCE_MAX = Duration.ofMillis(2);

    EnumerationIT() {
        super(AccountsHouse.mailing(privately()));
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
                shipped.freshSignIn());
    }

    @Override
    @BeforeEach
    void register() {
        await(registration(ADA, ""));
    }

    private Future<Reply> registration(String email, String suffix) {
        var body = "{\"email\":\"" + email + "\",\"password\":\"" + AccountsHouse.PASSWORD + suffix + "\"}";
        return call("POST", "/api/auth/register", body);
    }

    private Future<Reply> letter(String path, String email) {
        return call("POST", path, "{\"email\":\"" + email + "\"}");
    }

    @Test
    void registrationAnswersAlikeAndTellsTheOwnerByMail() {
        // When
        var fresh = await(registration("eve@example.org", ""));
        var known = await(registration("ADA@example.org", ""));
        house.rooms.deliver();

        // Then
        assertThat(known).isEqualTo(fresh);
        assertThat(known.status()).isEqualTo(202);
        assertThat(house.count("account")).isEqualTo(2);
        var office = house.office.orElseThrow();
        assertThat(office.subjects(ADA)).containsExactly("Welcome to Skelly", "You have an account already");
        assertThat(office.subjects("eve@example.org")).containsExactly("Welcome to Skelly");
    }

    @Test
    void signingInRightAfterRegisteringTellsNothingEither() {
        // Given
        await(registration("eve@example.org", ""));
        await(registration(ADA, " of a stranger"));

        // When
        var fresh = refusal(house.login("eve@example.org", AccountsHouse.PASSWORD));
        var known = refusal(house.login(ADA, AccountsHouse.PASSWORD + " of a stranger"));

        // Then
        assertThat(fresh.code()).isEqualTo(known.code()).isEqualTo("wrong-credentials");
        house.rooms.deliver();
        await(call(
                "POST",
                "/api/auth/verify-email",
                "{\"token\":\"" + house.office.orElseThrow().token("eve@example.org", "verify-email") + "\"}"));
        assertThat(await(house.login("eve@example.org", AccountsHouse.PASSWORD)).status())
                .isEqualTo(200);
    }

    @Test
    void timeTellsNothing() {
        house.rooms.execute("update account set verified_at = now()");
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

    private void alike(String what, IntFunction<Future<?>> known, IntFunction<Future<?>> unknown) {
        var difference = Duration.ZERO;
        for (var round = 0; round < ROUNDS_MAX; round++) {
            difference = difference(round * 1_000, known, unknown);
            if (difference.abs().compareTo(DIFFERENCE_MAX) <= 0) {
                System.out.println("E-11 " + what + ": medians differ by " + difference.toNanos() / 1_000 + " µs");
                return;
            }
        }
        assertThat(difference.abs()).as(what).isLessThanOrEqualTo(DIFFERENCE_MAX);
    }

    private static Duration difference(int from, IntFunction<Future<?>> known, IntFunction<Future<?>> unknown) {
        var ofKnown = new long[PAIRS];
        var ofUnknown = new long[PAIRS];
        for (var n = -WARM_UP; n < PAIRS; n++) {
            var one = nanos(known, from + n + WARM_UP);
            var other = nanos(unknown, from + n + WARM_UP);
            if (n >= 0) {
                ofKnown[n] = one;
                ofUnknown[n] = other;
            }
        }
        return Duration.ofNanos(median(ofKnown) - median(ofUnknown));
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
