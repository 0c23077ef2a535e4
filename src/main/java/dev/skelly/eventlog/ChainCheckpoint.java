package dev.skelly.eventlog;

import dev.skelly.event.Rfc3339;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The chain's head at a moment, stored outside the database. It proves later whether the log up to there is unchanged.
 *
 * @param time when it was taken
 * @param epoch of the log
 * @param head the chain's head
 */
public record ChainCheckpoint(Instant time, long epoch, HashChainHead head) {

    private static final Pattern LINE =
            Pattern.compile("(?<time>\\S+) (?<epoch>[0-9a-f]{16}) (?<position>\\d{1,18}) (?<hash>[0-9a-f]{64})");

    private static final String HEAD = """
            select identity.epoch, event.position, event.hash
            from log_identity identity
            join event on event.position = log_head()
            """;

    /** Takes a checkpoint of the current log; empty when no event is sequenced yet. */
    public static Future<Optional<ChainCheckpoint>> take(SqlClient sql, Instant now) {
        return sql.query(HEAD)
                .execute()
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new ChainCheckpoint(
                                now.truncatedTo(ChronoUnit.SECONDS),
                                row.getLong("epoch"),
                                new HashChainHead(
                                        row.getLong("position"),
                                        HexFormat.of()
                                                .formatHex(row.getBuffer("hash").getBytes())))));
    }

    /** Formats this checkpoint as one line: time, epoch, position, hash. */
    public String line() {
        return time + " " + "%016x".formatted(epoch) + " " + head.position() + " " + head.hash();
    }

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException when the line is malformed
     */
    public static ChainCheckpoint parse(String line) {
        var parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw wrong(line);
        }
        return new ChainCheckpoint(
                Rfc3339.time(parts.group("time")).orElseThrow(() -> wrong(line)),
                Long.parseUnsignedLong(parts.group("epoch"), 16),
                new HashChainHead(Long.parseLong(parts.group("position")), parts.group("hash")));
    }

    private static IllegalArgumentException wrong(String line) {
        return new IllegalArgumentException("seal: " + line + " (expected: time, epoch, position and hash)");
    }
}
