package dev.skelly.features.accounts.password;

import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.features.accounts.SecretText;

/**
 * Response body of a mailed link that was opened in a browser that does not know the account.
 *
 * @param resetToken sets the new password with POST /api/auth/password/reset, once
 */
public record PasswordNeeded(String resetToken) {

    /** Describes the response in the same browser. */
    public static final ResponseDescription SAME_BROWSER = ResponseDescription.empty(204)
            .meaning(
                    "The address is proved by a browser of the account: with its access token, or with the cookie `refresh` or `device`.")
            .positioned();

    /** Describes the response in another browser. */
    public static final ResponseDescription OTHER_BROWSER = ResponseDescription.of(200, PasswordNeeded.class)
            .meaning(
                    "The address is proved by another browser. All sessions have ended, the former password and all other links are void. "
                            + "`resetToken` sets a new password.")
            .positioned();

    /** Returns 204 if the account stays as it is, else 200 with the token. */
    public static Response of(CommandResult<AddressProof.ProvedAddress> done, SecretText reset) {
        var response =
                done.result().passwordNeeded() ? Response.ok(new PasswordNeeded(reset.reveal())) : Response.noContent();
        return response.at(done.position());
    }

    /** Does not contain the token. */
    @Override
    public String toString() {
        return "PasswordNeeded[]";
    }
}
