package dev.skelly.stream;

import dev.skelly.feature.Query;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The position that a write was given. */
record FindPosition(long seq) implements Query<FindPosition.FoundPosition> {

    /** The answer; null while the write is not stamped. */
    record FoundPosition(@Nullable Long position) {

        static FoundPosition of(OptionalLong position) {
            return new FoundPosition(position.isPresent() ? position.getAsLong() : null);
        }

        OptionalLong asOptional() {
            return position == null ? OptionalLong.empty() : OptionalLong.of(position);
        }
    }
}
