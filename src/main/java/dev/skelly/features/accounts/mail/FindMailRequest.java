package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.UserView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To whom is the letter of a request to be written? */
record FindMailRequest(UUID id) implements Query<FindMailRequest.FoundMailRequest> {

    /**
     * Who gets it.
     *
     * @param person null when nobody does: the address belongs to none, or its owner had enough letters lately
     */
    record FoundMailRequest(@Nullable UserView person) {

        static final FoundMailRequest NOBODY = new FoundMailRequest(null);
    }
}
