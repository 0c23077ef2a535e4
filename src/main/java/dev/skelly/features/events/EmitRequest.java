package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event as its caller sent them, in any form.
 *
 * @param id chosen by the caller; null to generate one
 * @param type name
 * @param data as sent; missing without any
 * @param subject null to derive it from the type's declaration
 * @param channel null for all channels that the type declares
 */
record EmitRequest(
        @Nullable UUID id,
        String type,
        JsonNode data,
        @Nullable String subject,
        @Nullable String channel) {}
