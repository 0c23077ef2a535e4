package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.password.AddressProof;

/**
 * Marks an account's address as verified, by the token that was mailed there.
 *
 * @param browser in which the link was opened
 * @param reset a random token; sets a new password, if the browser does not know the account
 */
public record VerifyEmail(SecretText token, LinkBrowser browser, SecretText reset)
        implements Command<AddressProof.ProvedAddress> {}
