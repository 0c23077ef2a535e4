package dev.skelly.features.accounts.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.features.accounts.login.ClientDevice;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final AuthConfig CONFIG = AuthConfig.DEFAULT;
    private static final Duration GRACE = CONFIG.refreshGrace();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Buffer CLIENT = new ClientDevice("192.0.2.7", "Mosaic/1.0").digest(new UUID(3, 4));

    private final SecureRandom random = new SecureRandom();
    private final Buffer key = RefreshToken.successionKey(random);
    private final RefreshToken first = RefreshToken.first(new UUID(1, 2), random);
    private final RefreshToken second = first.successor(key);
    private final Session fresh = Session.start(first, new UUID(3, 4), key, NOON, CONFIG);
    private final Session turned = fresh.turned(second, CLIENT, NOON, CONFIG);

    @Test
    void aTokenSurvivesTheWayToTheClientAndBack() {
        // When
        var read = RefreshToken.parse(first.text().reveal());

        // Then
        assertThat(first.text().reveal()).hasSize(86);
        assertThat(read).contains(first);
    }

    @Test
    void whatHasNotTheFormOfATokenIsNone() {
        assertThat(RefreshToken.parse("")).isEmpty();
        assertThat(RefreshToken.parse("a".repeat(85))).isEmpty();
        assertThat(RefreshToken.parse("a".repeat(85) + "=")).isEmpty();
        assertThat(RefreshToken.parse("ä".repeat(86))).isEmpty();
    }

    @Test
    void aSuccessorFollowsFromTheTokenAndTheKeyTogether() {
        assertThat(first.successor(key)).isEqualTo(second);
        assertThat(first.successor(RefreshToken.successionKey(random))).isNotEqualTo(second);
        assertThat(second.successor(key)).isNotEqualTo(second);
    }

    @Test
    void nothingStoredIsATokenOrAPartOfOne() {
        assertThat(fresh.turnHash()).isNotEqualTo(first.turn());
        assertThat(fresh.familyHash()).isNotEqualTo(first.family());
        assertThat(fresh.toString() + first + first.text())
                .doesNotContain(first.text().reveal());
    }

    @Test
    void theValidTokenTakesItsTurn() {
        assertThat(fresh.judge(first, CLIENT, NOON, GRACE)).isEqualTo(Session.Use.TURN);
        assertThat(turned.judge(second, CLIENT, NOON, GRACE)).isEqualTo(Session.Use.TURN);
    }

    @Test
    void theTokenBeforeItRepeatsForAMoment() {
        assertThat(turned.judge(first, CLIENT, NOON.plus(GRACE), GRACE)).isEqualTo(Session.Use.REPEAT);
        assertThat(turned.judge(first, CLIENT, NOON.minus(GRACE), GRACE)).isEqualTo(Session.Use.REPEAT);
    }

    @Test
    void anotherClientRepeatsNothing() {
        for (var other : List.of(
                new ClientDevice("192.0.2.8", "Mosaic/1.0"),
                new ClientDevice("192.0.2.7", "Mosaic/1.1"),
                new ClientDevice("2001:db8::7", "Mosaic/1.0"))) {
            assertThat(turned.judge(first, other.digest(turned.account()), NOON, GRACE))
                    .isEqualTo(Session.Use.REUSE);
            assertThat(turned.judge(second, other.digest(turned.account()), NOON, GRACE))
                    .isEqualTo(Session.Use.TURN);
        }
    }

    @Test
    void aClientIsItsNetworkAndItsUserAgent() {
        var here = new ClientDevice("2001:db8:1:2::7", "Mosaic/1.0");
        var account = new UUID(3, 4);

        assertThat(here.digest(account))
                .isEqualTo(new ClientDevice("2001:db8:1:2:ffff::1", "Mosaic/1.0").digest(account))
                .isNotEqualTo(new ClientDevice("2001:db8:1:3::7", "Mosaic/1.0").digest(account))
                .isNotEqualTo(here.digest(new UUID(3, 5)));
        assertThat(new ClientDevice("::ffff:192.0.2.7", "Mosaic/1.0").digest(account))
                .isEqualTo(CLIENT);
    }

    @Test
    void timesAreShownToFiveMinutes() {
        var view = SessionView.coarse(
                first.session(),
                NOON.plusSeconds(30),
                NOON.plusSeconds(899),
                NOON.plusSeconds(1201),
                new ClientDevice("192.0.2.7", "Mosaic/1.0"));
        var unused = SessionView.coarse(
                first.session(),
                NOON.plusSeconds(30),
                NOON.plusSeconds(30),
                NOON.plusSeconds(1200),
                ClientDevice.OPERATOR);

        assertThat(view.usedAt()).isEqualTo(NOON.plusSeconds(600));
        assertThat(view.expiresAt()).isEqualTo(NOON.plusSeconds(1500));
        assertThat(unused.usedAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(unused.expiresAt()).isEqualTo(NOON.plusSeconds(1200));
    }

    @Test
    void afterThatItIsReused() {
        assertThat(turned.judge(first, CLIENT, NOON.plus(GRACE).plusMillis(1), GRACE))
                .isEqualTo(Session.Use.REUSE);
    }

    @Test
    void aTokenOfTwoTurnsAgoIsReusedAtOnce() {
        // Given
        var twice = turned.turned(second.successor(key), CLIENT, NOON, CONFIG);

        // Then
        assertThat(twice.judge(first, CLIENT, NOON, GRACE)).isEqualTo(Session.Use.REUSE);
    }

    @Test
    void aMadeUpTokenSaysNothingOfTheSignInThatItNames() {
        // Given
        var forged = RefreshToken.first(first.session(), random);

        // Then
        assertThat(turned.judge(forged, CLIENT, NOON, GRACE)).isEqualTo(Session.Use.REFUSED);
        assertThat(turned.family(forged)).isFalse();
    }

    @Test
    void aSignInEndsWhenItIsIdle() {
        assertThat(fresh.judge(first, CLIENT, NOON.plus(CONFIG.sessionIdle()).minusMillis(1), GRACE))
                .isEqualTo(Session.Use.TURN);
        assertThat(fresh.judge(first, CLIENT, NOON.plus(CONFIG.sessionIdle()), GRACE))
                .isEqualTo(Session.Use.REFUSED);
    }

    @Test
    void noUseCarriesASignInPastItsLife() {
        // Given
        var late = NOON.plus(CONFIG.sessionLife()).minus(Duration.ofHours(1));

        // When
        var session = fresh.turned(second, CLIENT, late, CONFIG);

        // Then
        assertThat(session.expiresAt()).isEqualTo(NOON.plus(CONFIG.sessionLife()));
    }

    @Test
    void nothingIsGoodForARevokedSignIn() {
        // Given
        var revoked = new Session(
                fresh.id(),
                fresh.account(),
                fresh.familyHash(),
                fresh.turnHash(),
                null,
                key,
                NOON,
                NOON,
                fresh.expiresAt(),
                true);

        // Then
        assertThat(revoked.judge(first, CLIENT, NOON, GRACE)).isEqualTo(Session.Use.REFUSED);
    }
}
