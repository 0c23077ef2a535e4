package dev.skelly.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as a route's endpoint receives it, made of values. Each {@code with}-like method replaces the values of its kind.
 *
 * @param body JSON text
 * @param paths path parameters
 * @param queries query parameters
 * @param signedIn the authenticated account; null if there is none
 */
public record TestRequest(
        String body,
        Map<String, String> paths,
        Map<String, String> queries,
        Map<String, String> headers,
        Map<String, String> cookies,
        @Nullable Principal signedIn)
        implements Request {

    /** Creates a request without an account. */
    public static TestRequest of(String body) {
        return new TestRequest(body, Map.of(), Map.of(), Map.of(), Map.of(), null);
    }

    /** Returns this request as that of a new account with these roles, besides {@code user}. */
    public TestRequest byAccount(String... roles) {
        var all = Stream.concat(Stream.of("user"), Stream.of(roles)).collect(Collectors.toSet());
        return by(new Principal(newId(), newId(), all, 1, Instant.MAX));
    }

    /** Returns this request as that of an account. */
    public TestRequest by(Principal principal) {
        return new TestRequest(body, paths, queries, headers, cookies, principal);
    }

    /** Returns this request with one header. */
    public TestRequest with(String header, String value) {
        return new TestRequest(body, paths, queries, Map.of(header, value), cookies, signedIn);
    }

    /** Returns this request with one path parameter. */
    public TestRequest at(String name, String value) {
        return new TestRequest(body, Map.of(name, value), queries, headers, cookies, signedIn);
    }

    /** Returns this request with one query parameter. */
    public TestRequest asking(String name, String value) {
        return new TestRequest(body, paths, Map.of(name, value), headers, cookies, signedIn);
    }

    /** Returns this request with one cookie. */
    public TestRequest carrying(String cookie, String value) {
        return new TestRequest(body, paths, queries, headers, Map.of(cookie, value), signedIn);
    }

    @Override
    public <T> T body(Class<T> type) {
        try {
            var json = Json.mapper();
            return json.treeToValue(json.readTree(body), type);
        } catch (JsonProcessingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Problem problem) {
                    throw problem;
                }
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Buffer rawBody() {
        return Buffer.buffer(body);
    }

    @Override
    public String path(String name) {
        return Optional.ofNullable(paths.get(name)).orElseThrow();
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    @Override
    public Principal principal() {
        return caller().orElseThrow(() -> Problem.unauthenticated("sign-in-required", "sign in first"));
    }

    @Override
    public Optional<Principal> caller() {
        return Optional.ofNullable(signedIn);
    }

    @Override
    public CommandContext cause() {
        return new CommandContext(new UUID(1, 1), null, signedIn == null ? null : signedIn.account(), null, address());
    }

    @Override
    public UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    @Override
    public String address() {
        return "192.0.2.7";
    }

    @Override
    public boolean secure() {
        return false;
    }
}
