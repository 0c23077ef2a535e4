package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.password.AddressProof;

/**
 * Changes the address of an account to the one to which this token was mailed.
 *
 * @param browser in which the link was opened
 * @param reset a random token; sets a new password, if the browser does not know the account
 */
record ChangeEmail(SecretText token, LinkBrowser browser, SecretText reset)
        implements Command<AddressProof.ProvedAddress> {}
