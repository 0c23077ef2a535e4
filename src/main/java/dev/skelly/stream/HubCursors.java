package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the cursors of one hub. The feed may know a new epoch of the log some turns before the hub: until then the hub encodes cursors of the
 * earlier one, so that no reader gets a valid cursor for a position that it reached in the log as it was. Confined to the hub's context.
 */
final class HubCursors {

    private final Feed feed;
    private @Nullable CursorCodec codec;

    HubCursors(Feed feed) {
        this.feed = feed;
    }

    /** Called for each update after which the log does not continue. */
    void restart(FeedUpdate news) {
        if (codec == null || news.kind() == FeedUpdate.UpdateKind.NEW_EPOCH) {
            codec = feed.cursors().orElseThrow();
        }
    }

    /** Encodes the cursor after a position; the head is known. */
    String position(long position) {
        return codec().position(position);
    }

    /** Creates the entry of an event that was read from the log. */
    EncodedEvent entry(StoredEvent event) {
        return feed.entry(event, codec());
    }

    /** Returns whether cursors that {@code other} decoded are those of this hub's log. */
    boolean areThoseOf(CursorCodec other) {
        return codec().isOfSameLog(other);
    }

    private CursorCodec codec() {
        return Objects.requireNonNull(codec, "the head comes first");
    }
}
