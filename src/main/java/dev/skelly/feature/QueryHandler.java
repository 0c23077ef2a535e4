package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/**
 * Says how a query is answered.
 *
 * @param name stable name of the form {@code feature.verb-object}, e.g. {@code accounts.find-user}; it travels between nodes
 * @param query the query's record
 * @param result the class of its answer
 * @param function reads, outside any transaction; a {@link Problem} travels to the caller as it is
 * @param <Q> query
 * @param <R> answer
 */
public record QueryHandler<Q extends Query<R>, R>(
        String name, Class<Q> query, Class<R> result, QueryFunction<Q, R> function) {

    /** How a query is answered, with the database it is handed. */
    @FunctionalInterface
    public interface QueryFunction<Q, R> {
        Future<R> apply(SqlClient sql, Q query);
    }

    /** A shorter way to write the constructor in a feature's table of contents. */
    public static <Q extends Query<R>, R> QueryHandler<Q, R> on(
            String name, Class<Q> query, Class<R> result, QueryFunction<Q, R> function) {
        return new QueryHandler<>(name, query, result, function);
    }
}
