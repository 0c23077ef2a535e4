package dev.skelly.feature;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of this program, as the operator looks after them from the command line. Every change is noted in the audit as the operator's,
 * in the transaction that makes it. A person is named by id or by e-mail address; one who is not there fails with a {@link Problem} 404, and
 * what the API refuses is refused here, too.
 */
public interface UserAdmin {

    /** Makes an account whose address needs no proof; its id. Fails with 422 for what is no address or no password, 409 for a known one. */
    Future<UUID> create(String email, String password, boolean admin);

    /**
     * Some of them, newest first.
     *
     * @param before only those older than this one; null from the newest
     * @param limit at most so many
     * @return each by its fields, as the API shows it
     */
    Future<List<Map<String, Object>>> list(@Nullable UUID before, int limit);

    /** One of them, by the fields that the API shows. */
    Future<Map<String, Object>> find(String who);

    /** Lets a person in, or no more: then every sign-in ends. */
    Future<Map<String, Object>> disable(String who, boolean disabled);

    /** Gives and takes roles; what somebody has already, or has not, is no fault. */
    Future<Map<String, Object>> changeRoles(String who, List<String> given, List<String> taken);

    /** Makes a link by which the person sets a new password: what follows the page's address. A secret. */
    Future<String> resetLink(String who);

    /** Erases a person and everything personal about them. */
    Future<Void> erase(String who);

    /**
     * An access token, under a sign-in of its own, which the person sees and can end.
     *
     * @param life at most that of every access token; null for that
     */
    Future<Token> token(String who, @Nullable Duration life);

    /**
     * An access token.
     *
     * @param text a secret
     * @param session id of its sign-in
     * @param expiresAt when both end
     */
    record Token(String text, UUID session, Instant expiresAt) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Token[" + session + "]";
        }
    }
}
