package dev.skelly.feature;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses ids in paths, queries, headers and bodies. */
public final class Ids {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** Parses an id; empty when the text is not a UUID. Unlike {@link UUID#fromString} it rejects shortened forms. */
    public static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
