package dev.skelly.stream;

import dev.skelly.feature.Query;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The position that a write was given. */
record FindPosition(long seq) implements Query<FindPosition.Found> {

    /** The answer; null while the write is not stamped. */
    record Found(@Nullable Long position) {

        static Found of(OptionalLong position) {
            return new Found(position.isPresent() ? position.getAsLong() : null);
        }

        OptionalLong asOptional() {
            return position == null ? OptionalLong.empty() : OptionalLong.of(position);
        }
    }
}
