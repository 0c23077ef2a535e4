package dev.skelly.feature;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads ids as they stand in paths, queries, headers and bodies. */
public final class Ids {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** Empty for what is no id; unlike {@link UUID#fromString}, also for shortened ones. */
    public static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
