package dev.skelly.stream;

import dev.skelly.feature.Query;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the position of a write. */
record FindPosition(long seq) implements Query<FindPosition.FoundPosition> {

    /** The result; null while the write is not sequenced. */
    record FoundPosition(@Nullable Long position) {

        static FoundPosition of(OptionalLong position) {
            return new FoundPosition(position.isPresent() ? position.getAsLong() : null);
        }

        OptionalLong asOptional() {
            return position == null ? OptionalLong.empty() : OptionalLong.of(position);
        }
    }
}
