package dev.skelly.feature;

import dev.skelly.event.CommandContext;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an endpoint is handed: already parsed, authenticated and checked against the route's access and shape. */
public interface Request {

    /**
     * The JSON body as {@code type}; its shape was checked, so only the record's own checks can still refuse.
     *
     * @throws Problem when the record's constructor refuses
     */
    <T> T body(Class<T> type);

    /**
     * A parameter of the path.
     *
     * @throws IllegalArgumentException when the route has no such parameter
     */
    String path(String name);

    /** The first value of a query parameter. */
    Optional<String> query(String name);

    /** A request header. */
    Optional<String> header(String name);

    /** The names of all request headers, in lower case, each once. */
    Set<String> headerNames();

    /** A cookie's value. */
    Optional<String> cookie(String name);

    /**
     * Who is signed in.
     *
     * @throws Problem 401 when nobody is
     */
    Principal principal();

    /** Who is signed in, if anybody. */
    Optional<Principal> caller();

    /** What commands sent for this request carry. */
    CommandContext cause();

    /**
     * A new UUIDv7 for something that this request makes. Repeated with its {@code Idempotency-Key} the request gets the same ids in the
     * same order, so that it says the same of what it made.
     */
    UUID newId();

    /** The peer's address; never taken from a header that the peer could have written. */
    String address();

    /** Whether the connection is encrypted; cookies become {@code Secure} then. */
    boolean secure();
}
