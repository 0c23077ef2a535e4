package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;

/** Which of these accounts are there? */
record FindErasable(List<UUID> accounts) implements Query<FindErasable.Answer> {

    /** Those that are. */
    record Answer(List<UUID> accounts) {}
}
