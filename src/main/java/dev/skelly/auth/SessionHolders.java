package dev.skelly.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the accounts of sessions on any node. A result is kept for a few seconds; {@link Authorization} knows sooner when the session or its
 * rights end, and is asked at each use. Safe on any context.
 */
final class SessionHolders {

    private static final int KEPT_MAX = 20_000;
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final CommandBus commands;
    private final Authorization rights;
    private final Clock clock;
    private final Cache<FindSessionHolder, Principal> found = Caffeine.newBuilder()
            .maximumSize(KEPT_MAX)
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    SessionHolders(CommandBus commands, Authorization rights, Clock clock) {
        this.commands = commands;
        this.rights = rights;
        this.clock = clock;
    }

    /** Returns the holder of a session cookie; fails like {@link TokenVerifier#verifyCookie}. */
    Future<Principal> ofCookie(SessionCookieSecret cookie) {
        return of(
                cookie.session(),
                Base64.getEncoder().encodeToString(cookie.hash().getBytes()));
    }

    /** Returns the holder of a session; fails like {@link TokenVerifier#holder}. */
    Future<Principal> of(UUID session, @Nullable String cookieHash) {
        var query = new FindSessionHolder(session, cookieHash);
        var known = found.getIfPresent(query);
        if (known != null && clock.instant().isBefore(known.expires())) {
            var refusal = rights.refusal(known);
            if (refusal.isEmpty()) {
                return Future.succeededFuture(rights.present(known));
            }
            found.invalidate(query);
        }
        return commands.query(query).compose(holder -> take(query, holder.principal()));
    }

    private Future<Principal> take(FindSessionHolder query, @Nullable Principal principal) {
        if (principal == null) {
            return Future.failedFuture(
                    Problem.unauthenticated(TokenVerifier.SIGNED_OUT, "the session has ended; sign in again"));
        }
        Optional<Problem> refusal = rights.refusal(principal);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        found.put(query, principal);
        return Future.succeededFuture(rights.present(principal));
    }
}
