package dev.skelly.features.accounts.login;

import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits wrong passwords without locking out the owner (decision note 0081). Counts failures on each node separately.
 *
 * <p>Failures elsewhere never reject a correct password: a browser with an earlier successful login has a limit of its own, and every
 * other network keeps a share of attempts that other networks cannot use up. The result does not depend on whether the address has an
 * account.
 */
public final class LoginGuard {

    private final RateLimiter limits;
    private final RateLimit here;
    private final RateLimit device;
    private final RateLimit place;
    private final RateLimit account;
    private final RateLimit attacked;

    public LoginGuard(RateLimiter limits, LoginLimitsConfig config) {
        this.limits = limits;
        this.here = limit("login", config.hereFailures(), config.herePeriod());
        this.device = limit("login-device", config.deviceFailures(), config.devicePeriod());
        this.place = limit("login-address", config.placeFailures(), config.placePeriod());
        this.account = limit("login-account", config.accountFailures(), config.accountPeriod());
        this.attacked = limit("login-slow", config.attackedFailures(), config.attackedPeriod());
    }

    private static RateLimit limit(String name, int failures, Duration period) {
        return new RateLimit(name, failures, period, request -> "");
    }

    /** An attempt that is within the limits. */
    final class Try {

        private final List<RateLimiter.Claim> taken = new ArrayList<>();

        private Try() {}

        private boolean take(List<RateLimiter.Claim> claims) {
            var allowed = limits.take(claims).allowed();
            if (allowed) {
                taken.addAll(claims);
            }
            return allowed;
        }

        private void takeOrRefuse(List<RateLimiter.Claim> claims) {
            var decision = limits.take(claims);
            if (!decision.allowed()) {
                right(); // A rejected attempt does not count against the limits already passed.
                throw Problem.tooMany("too many tries to sign in; try again later", pause(decision.reset()));
            }
            taken.addAll(claims);
        }

        /** Gives the attempt back, because the password was correct. */
        void right() {
            limits.giveBack(taken);
            taken.clear();
        }
    }

    private static Duration pause(Duration reset) {
        var second = Duration.ofSeconds(1);
        return reset.compareTo(second) < 0 ? second : reset;
    }

    /**
     * Starts an attempt. Counts it as failed unless {@link Try#right} is called.
     *
     * @param email the same for every spelling of one address
     * @param address of the peer
     * @param browser the device secret, if a login to this account has succeeded in that browser before
     * @throws Problem 429 after too many failures
     */
    Try begin(String email, String address, Optional<SecretText> browser) {
        var attempt = new Try();
        if (browser.isPresent()) {
            attempt.takeOrRefuse(of(device, email + " " + browser.get().reveal()));
            return attempt;
        }
        attempt.takeOrRefuse(RateLimiter.ofNetworks(here, email, address, 1));
        attempt.takeOrRefuse(RateLimiter.ofNetworks(place, "", address, 1));
        if (!attempt.take(of(account, email))) {
            attempt.takeOrRefuse(RateLimiter.ofNetworks(attacked, email, address, 1));
        }
        return attempt;
    }

    private static List<RateLimiter.Claim> of(RateLimit limit, String key) {
        return List.of(new RateLimiter.Claim(limit, key, 1));
    }
}
