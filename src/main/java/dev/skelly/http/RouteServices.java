package dev.skelly.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.TokenVerifier;
import java.util.UUID;
import java.util.function.Supplier;

/** What every route of a node is served with. */
record RouteServices(
        HttpConfig config,
        TokenVerifier tokens,
        RateLimitCheck quota,
        IdempotentResponses repeats,
        JsonMapper json,
        Supplier<UUID> ids) {}
