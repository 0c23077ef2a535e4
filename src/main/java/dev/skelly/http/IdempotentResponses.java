package dev.skelly.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.IdempotencyScope;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.idempotency.ClaimIdempotencyKey;
import dev.skelly.idempotency.ReleaseIdempotencyKey;
import dev.skelly.idempotency.ResponseEncryption;
import dev.skelly.idempotency.StoreResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a repeated request with the first response; see the invariant of {@link dev.skelly.idempotency}. Stores responses through commands,
 * so it works on a node without a database. Safe on any context.
 */
final class IdempotentResponses {

    private static final Logger LOGGER = LoggerFactory.getLogger(IdempotentResponses.class);

    private final CommandBus commands;
    private final JsonMapper json;
    private final Supplier<UUID> ids;
    private final Duration lease;

    /**
     * Creates the store on {@code commands}.
     *
     * @param lease the time after which a run without a response counts as failed
     */
    IdempotentResponses(CommandBus commands, JsonMapper json, Supplier<UUID> ids, Duration lease) {
        this.commands = commands;
        this.json = json;
        this.ids = ids;
        this.lease = lease;
    }

    /** Returns the endpoint's response, or the stored response when the request repeats a key. */
    Future<Response> answer(ParsedRequest request, Route.Endpoint endpoint) {
        return request.key().map(key -> answer(request, endpoint, key)).orElseGet(() -> endpoint.answer(request));
    }

    private Future<Response> answer(ParsedRequest request, Route.Endpoint endpoint, IdempotencyKey key) {
        var once = key.once(ids.get());
        var claim = new ClaimIdempotencyKey(
                key.key(), key.caller(), key.request(), key.former(), once.claim(), ids.get(), lease);
        return commands.send(claim, request.cause()).compose(claimed -> {
            var shut = claimed.result().sealed();
            return shut == null
                    ? run(request.under(once, claimed.result().seed()), endpoint, once, request.cause())
                    : Future.succeededFuture(StoredResponse.read(
                            new ResponseEncryption(once.seal())
                                    .open(Base64.getDecoder().decode(shut)),
                            json));
        });
    }

    private Future<Response> run(
            ParsedRequest request, Route.Endpoint endpoint, IdempotencyScope once, CommandContext cause) {
        return Future.succeededFuture(request)
                .compose(endpoint::answer)
                .compose(reply -> keep(reply, once, cause), failure -> release(failure, once, cause));
    }

    /* The effect is recorded in its own transaction, so a response that cannot be stored can still be sent, and produced again later. */
    private Future<Response> keep(Response reply, IdempotencyScope once, CommandContext cause) {
        return Future.succeededFuture(reply)
                .map(given -> new ResponseEncryption(once.seal()).close(StoredResponse.write(given, json)))
                .map(shut -> Base64.getEncoder().encodeToString(shut))
                .compose(shut -> commands.send(new StoreResponse(once.key(), once.claim(), shut), cause))
                .onFailure(
                        failure -> LOGGER.atWarn().setCause(failure).log("a response could not be stored for repeats"))
                .transform(kept -> Future.succeededFuture(reply));
    }

    private Future<Response> release(Throwable failure, IdempotencyScope once, CommandContext cause) {
        var refused = failure instanceof Problem problem && problem.kind() != Problem.Kind.UNAVAILABLE;
        var released = commands.send(new ReleaseIdempotencyKey(once.key(), once.claim(), refused), cause)
                .onFailure(away -> LOGGER.atDebug().setCause(away).log("a key is free again when its lease has ended"));
        return refused
                ? released.transform(ended -> Future.failedFuture(failure))
                : Future.failedFuture(failure); // Do not wait a second time for an unavailable part.
    }
}
