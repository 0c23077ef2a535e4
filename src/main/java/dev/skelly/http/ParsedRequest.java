package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.IdempotencyScope;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.schema.JsonPointers;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request whose body was read and validated. */
final class ParsedRequest implements Request {

    private static final int CAUSES_MAX = 8;

    private final RoutingContext context;
    private final RequestBody body;
    private final JsonMapper json;
    private final boolean secure;
    private final Supplier<UUID> ids;
    private final @Nullable IdempotencyScope once;
    private final @Nullable String match; // One tag of the list in If-Match; null for the header as it came.

    ParsedRequest(RoutingContext context, RequestBody body, JsonMapper json, boolean secure, Supplier<UUID> ids) {
        this(context, body, json, secure, ids, null, null);
    }

    private ParsedRequest(
            RoutingContext context,
            RequestBody body,
            JsonMapper json,
            boolean secure,
            Supplier<UUID> ids,
            @Nullable IdempotencyScope once,
            @Nullable String match) {
        this.context = context;
        this.body = body;
        this.json = json;
        this.secure = secure;
        this.ids = ids;
        this.once = once;
        this.match = match;
    }

    /** Returns the same request as a run under its key. */
    ParsedRequest under(IdempotencyScope key, UUID seed) {
        return new ParsedRequest(context, body, json, secure, new DeterministicIds(seed), key, match);
    }

    /** Returns the same request with one entity tag in {@code If-Match}. */
    ParsedRequest expecting(String tag) {
        return new ParsedRequest(context, body, json, secure, ids, once, tag);
    }

    /** Returns its {@code Idempotency-Key}; fails with 400 when that is malformed. */
    Optional<IdempotencyKey> key() {
        return IdempotencyKey.of(context, body);
    }

    @Override
    public <T> T body(Class<T> type) {
        if (body.document().isMissingNode()) {
            throw new IllegalStateException("the route takes no body");
        }
        try {
            return json.treeToValue(body.document(), type);
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    @Override
    public Buffer rawBody() {
        return body.bytes();
    }

    /* An exception of a record's constructor is wrapped once per level of nested records. */
    private static RuntimeException refusal(JsonProcessingException failure) {
        Throwable cause = failure;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            cause = cause.getCause();
        }
        var pointer = failure instanceof JsonMappingException mapping ? pointer(mapping) : "#";
        return Problem.invalid(pointer, "format", "is not as expected");
    }

    private static String pointer(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(JsonPointers::token)
                .collect(Collectors.joining("/", mapping.getPath().isEmpty() ? "#" : "#/", ""));
    }

    @Override
    public String path(String name) {
        var value = context.pathParam(name);
        if (value == null) {
            throw new IllegalArgumentException("path parameter " + name + " (expected: one of the route's)");
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.of(context.queryParams().getAll(name))
                .filter(values -> !values.isEmpty())
                .map(values -> String.join(",", values));
    }

    @Override
    public Optional<String> header(String name) {
        return match != null && name.equalsIgnoreCase(Preconditions.IF_MATCH)
                ? Optional.of(match)
                : Optional.ofNullable(HeaderLines.joined(context.request().headers(), name));
    }

    @Override
    public Set<String> headerNames() {
        return context.request().headers().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /* Ignores a cookie that a page of another site made the browser send. */
    @Override
    public Optional<String> cookie(String name) {
        return trusted() ? HeaderLines.cookie(context.request().headers(), name) : Optional.empty();
    }

    /* Programs other than browsers send neither header and are trusted. */
    private boolean trusted() {
        var headers = context.request().headers();
        return (!headers.contains("Origin") && !headers.contains("Sec-Fetch-Site"))
                || RequestContext.ownOrigin(context);
    }

    @Override
    public Principal principal() {
        return caller().orElseThrow(() -> Problem.unauthenticated("sign-in-required", "sign in first"));
    }

    @Override
    public Optional<Principal> caller() {
        return RequestContext.caller(context);
    }

    @Override
    public CommandContext cause() {
        var cause = RequestContext.cause(context);
        return once == null ? cause : cause.under(once);
    }

    @Override
    public UUID newId() {
        return ids.get();
    }

    @Override
    public String address() {
        return RequestContext.address(context);
    }

    @Override
    public boolean secure() {
        return secure;
    }
}
