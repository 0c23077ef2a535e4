package dev.skelly.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.TokenVerifier;
import java.util.UUID;
import java.util.function.Supplier;

/** The services that every route of a node uses. */
record RouteServices(
        HttpConfig config,
        TokenVerifier tokens,
        RateLimitCheck quota,
        IdempotentResponses repeats,
        JsonMapper json,
        Supplier<UUID> ids) {}
