package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.UserView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the receiver of a requested mail. */
record FindMailRequest(UUID id) implements Query<FindMailRequest.FoundMailRequest> {

    /**
     * The receiver.
     *
     * @param person null without a receiver: the address has no account, or its owner got too many mails lately
     */
    record FoundMailRequest(@Nullable UserView person) {

        static final FoundMailRequest NOBODY = new FoundMailRequest(null);
    }
}
