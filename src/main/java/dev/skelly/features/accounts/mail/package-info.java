/** Mails about an account: their texts, the requests for them, the workers that send them. */
@NullMarked
package dev.skelly.features.accounts.mail;

import org.jspecify.annotations.NullMarked;
