package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of an event, in whichever form it came.
 *
 * @param id that the caller chose; null to have one made
 * @param type name
 * @param data as sent; missing where there is none
 * @param subject null to have it made from the type's declaration
 * @param channel null for all that the type declares
 */
record EmitRequest(
        @Nullable UUID id,
        String type,
        JsonNode data,
        @Nullable String subject,
        @Nullable String channel) {}
