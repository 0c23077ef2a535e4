package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/**
 * Binds a query to the function that executes it.
 *
 * @param name stable name of the form {@code feature.verb-object}, e.g. {@code accounts.find-user}; it travels between nodes
 * @param query the query's record
 * @param result the class of its result
 * @param function reads, outside any transaction; a {@link Problem} reaches the caller unchanged
 * @param <Q> query
 * @param <R> result
 */
public record QueryHandler<Q extends Query<R>, R>(
        String name, Class<Q> query, Class<R> result, QueryFunction<Q, R> function) {

    /** Executes a query against the given database. */
    @FunctionalInterface
    public interface QueryFunction<Q, R> {
        Future<R> apply(SqlClient sql, Q query);
    }

    /** Creates a handler; shorter than the constructor in a feature's list. */
    public static <Q extends Query<R>, R> QueryHandler<Q, R> on(
            String name, Class<Q> query, Class<R> result, QueryFunction<Q, R> function) {
        return new QueryHandler<>(name, query, result, function);
    }
}
