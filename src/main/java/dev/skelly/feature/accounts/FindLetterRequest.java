package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To whom is the letter of a request to be written? */
record FindLetterRequest(UUID id) implements Query<FindLetterRequest.Answer> {

    /**
     * Who gets it.
     *
     * @param person null when nobody does: the address belongs to none, or its owner had enough letters lately
     */
    record Answer(@Nullable UserView person) {

        static final Answer NOBODY = new Answer(null);
    }
}
