package dev.skelly.feature;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Manages accounts for the operator on the command line. Every change is recorded in the audit log as the operator's, in the transaction
 * that makes it. An account is identified by id or by e-mail address; an unknown one fails with a {@link Problem} 404. Every input that the
 * API rejects is rejected here, too.
 */
public interface UserAdmin {

    /**
     * Creates an account whose address needs no verification and returns its id. Fails with 422 for an invalid address or password, 409 for
     * an existing address.
     */
    Future<UUID> create(String email, String password, boolean admin);

    /**
     * Lists accounts, newest first.
     *
     * @param before only accounts older than this one; null to start with the newest
     * @param limit maximum number of accounts
     * @return the fields of each account, as the API shows them
     */
    Future<List<Map<String, Object>>> list(@Nullable UUID before, int limit);

    /** Finds an account and returns its fields, as the API shows them. */
    Future<Map<String, Object>> find(String who);

    /** Disables or enables an account. Disabling ends all its sessions. */
    Future<Map<String, Object>> disable(String who, boolean disabled);

    /** Grants and revokes roles; a role that is already granted or revoked is not an error. */
    Future<Map<String, Object>> changeRoles(String who, List<String> given, List<String> taken);

    /** Creates a link by which the person sets a new password, and returns the part after the page's address. A secret. */
    Future<String> resetLink(String who);

    /** Erases an account and all its personal data. */
    Future<Void> erase(String who);

    /**
     * Creates an access token in its own session, which the person sees and can end.
     *
     * @param life at most that of every access token; null for that
     */
    Future<Token> token(String who, @Nullable Duration life);

    /**
     * An access token.
     *
     * @param text a secret
     * @param session id of its session
     * @param expiresAt when both end
     */
    record Token(String text, UUID session, Instant expiresAt) {

        /** Omits the token. */
        @Override
        public String toString() {
            return "Token[" + session + "]";
        }
    }
}
