package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification as its receiver sees it.
 *
 * @param type the name of its declaration
 * @param title plain text in the receiver's language, one line
 * @param body plain text in the receiver's language, may be empty
 * @param link a path on this site; null without one
 * @param data the last event: its {@code id}, {@code type}, {@code subject} and the {@code fields} that the declaration names
 * @param count the number of events that it stands for
 * @param createdAt when the first of them was handled
 * @param updatedAt when the last of them was handled
 * @param seenAt null before it was seen
 * @param readAt null before it was read
 * @param archivedAt null before it was archived
 */
public record Notification(
        UUID id,
        String type,
        String title,
        String body,
        @Nullable String link,
        JsonNode data,
        int count,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant seenAt,
        @Nullable Instant readAt,
        @Nullable Instant archivedAt) {}
