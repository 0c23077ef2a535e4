package dev.skelly.feature;

import dev.skelly.event.CommandContext;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The request passed to an endpoint: already parsed, authenticated and checked against the route's access and schema. */
public interface Request {

    /**
     * Returns the JSON body as {@code type}. Its schema was checked, so only the record's own checks can still reject it.
     *
     * @throws Problem when the record's constructor rejects it
     */
    <T> T body(Class<T> type);

    /** Returns the body as it came, byte for byte, for signatures over it; empty when the route takes none. */
    Buffer rawBody();

    /**
     * Returns a path parameter.
     *
     * @throws IllegalArgumentException when the route has no such parameter
     */
    String path(String name);

    /** Returns the value of a query parameter; those of a list that was sent several times joined by commas. */
    Optional<String> query(String name);

    /** Returns a request header; the values of one that was sent several times joined by commas. */
    Optional<String> header(String name);

    /** Returns the names of all request headers, in lower case, each once. */
    Set<String> headerNames();

    /**
     * Returns a cookie's value.
     *
     * @throws Problem 400 when the request has several cookies of this name
     */
    Optional<String> cookie(String name);

    /**
     * Returns the authenticated account.
     *
     * @throws Problem 401 when there is none
     */
    Principal principal();

    /** Returns the authenticated account, if any. */
    Optional<Principal> caller();

    /** Returns the context for commands sent for this request. */
    CommandContext cause();

    /**
     * Creates a UUIDv7 for something that this request creates. A repetition with the same {@code Idempotency-Key} gets the same ids in the
     * same order, so that its response is the same.
     */
    UUID newId();

    /** Returns the peer's address; never taken from a header that the peer could have written. */
    String address();

    /** Returns whether the connection is encrypted; cookies are {@code Secure} then. */
    boolean secure();
}
