package dev.skelly.eventlog;

import dev.skelly.eventlog.VerificationReport.Break;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Verifies the hash chain of the log: recomputes every link in this process, independent of the database. Reads in ranges, so that neither
 * memory nor a snapshot grows with the log. Blocks.
 */
public final class HashChainVerifier {

    /** Decides whether the data of an event of a type, appended at a time, may already be redacted. */
    @FunctionalInterface
    public interface RetentionTime {
        boolean isOver(String type, Instant time);
    }

    private static final int RANGE = 20_000;

    /* https://www.postgresql.org/docs/current/errcodes-appendix.html: data_corrupted. */
    private static final String CORRUPT = "XX001";

    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final RetentionTime retention;

    /**
     * Creates a verifier that reads through this database address, e.g. {@code jdbc:postgresql://127.0.0.1:5432/skelly}.
     *
     * @param retention decides which events may be empty
     */
    public HashChainVerifier(String jdbcUrl, String user, String password, RetentionTime retention) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.retention = retention;
    }

    /**
     * Verifies until the end, or until the first link that does not match.
     *
     * @param from the first position; earlier events are trusted
     * @param to the last position; a value beyond the newest means the newest
     * @param seals each checkpoint is compared with the log when its position is in the range or beyond the log's end
     * @throws IllegalStateException when the database cannot be read
     */
    public VerificationReport walk(long from, long to, List<ChainCheckpoint> seals) {
        try (var connection = DriverManager.getConnection(jdbcUrl, user, password)) {
            var log = identity(connection);
            return new Walk(connection, retention, log, from, Math.min(to, log.newest()), seals).run();
        } catch (SQLException e) {
            throw new IllegalStateException("the log cannot be read", e);
        }
    }

    /*
     * Reads the newest position from the row that stores it apart from the events, too: a log whose end was cut off is shorter than that.
     * When the newest event is unreadable, that row alone limits the search for the broken place.
     */
    private static Identity identity(Connection connection) throws SQLException {
        try {
            return identity(connection, "log_head()", null);
        } catch (SQLException e) {
            if (!CORRUPT.equals(e.getSQLState())) {
                throw e;
            }
            return identity(connection, "(select head from relay_lease)", e.getMessage());
        }
    }

    private static Identity identity(Connection connection, String newest, @Nullable String unread)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select epoch, " + newest + " from log_identity")) {
            rows.next();
            return new Identity(rows.getLong(1), rows.getLong(2), unread);
        }
    }

    private record Identity(
            long epoch, long newest, @Nullable String unread) {}

    /** One verification run. */
    private static final class Walk {

        private final Connection connection;
        private final RetentionTime retention;
        private final Identity log;
        private final long from;
        private final long to;
        private final List<ChainCheckpoint> seals;
        private final Map<Long, List<ChainCheckpoint>> sealed;
        private final HashChainRow row = new HashChainRow();
        private byte[] head = new byte[HashChainRow.HASH_BYTES];
        private long walked;
        private long emptied;
        private @Nullable Break broken;

        Walk(
                Connection connection,
                RetentionTime retention,
                Identity log,
                long from,
                long to,
                List<ChainCheckpoint> seals) {
            this.connection = connection;
            this.retention = retention;
            this.log = log;
            this.from = from;
            this.to = to;
            this.seals = seals;
            this.sealed = seals.stream()
                    .collect(Collectors.groupingBy(seal -> seal.head().position()));
            this.walked = from - 1;
        }

        VerificationReport run() throws SQLException {
            broken = seals.stream()
                    .flatMap(seal -> foreign(seal).stream())
                    .findFirst()
                    .orElse(null);
            if (broken == null && from > 1) {
                findStart();
            }
            while (broken == null && walked < to) {
                range(Math.min(to, walked + RANGE));
            }
            if (broken == null && log.unread() != null && walked >= log.newest()) {
                broken = unreadable(log.unread());
            }
            var events = Math.max(0, walked - from + 1);
            return new VerificationReport(from, walked, events, emptied, Optional.ofNullable(broken));
        }

        private Optional<Break> foreign(ChainCheckpoint seal) {
            var position = seal.head().position();
            if (seal.epoch() != log.epoch()) {
                return Optional.of(new Break(
                        position,
                        "the seal of " + seal.time() + " was taken of another log, or before this one was restored"));
            }
            return position > log.newest()
                    ? Optional.of(new Break(
                            log.newest() + 1,
                            "is missing: the seal of " + seal.time() + " was taken at position " + position))
                    : Optional.empty();
        }

        private void findStart() throws SQLException {
            try (var statement = connection.prepareStatement("select hash from event where position = ?")) {
                statement.setLong(1, from - 1);
                try (var rows = statement.executeQuery()) {
                    var found = rows.next() ? rows.getBytes(1) : null;
                    if (found == null || found.length != HashChainRow.HASH_BYTES) {
                        broken = new Break(from - 1, "is missing, or has no valid hash");
                    } else {
                        head = found;
                    }
                }
            }
        }

        private void range(long last) throws SQLException {
            var copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select " + HashChainRow.COLUMNS + " from event where position > " + walked
                            + " and position <= " + last + " order by position) to stdout (format binary)");
            try {
                for (var message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                    if (row.read(message)) {
                        look();
                    }
                    if (broken != null) {
                        copy.cancelCopy();
                        return;
                    }
                }
            } catch (SQLException e) {
                if (!connection.isValid(1)) {
                    throw e;
                }
                broken = unreadable(e.getMessage());
                return;
            }
            if (walked < last) {
                broken = new Break(walked + 1, "is missing");
            }
        }

        private Break unreadable(@Nullable String why) {
            return new Break(walked + 1, "cannot be read: " + why);
        }

        private void look() {
            var expected = walked + 1;
            var what = row.position() == expected ? fault(row.link(head)) : misplaced(row.position(), expected);
            if (what != null) {
                broken = new Break(expected, what);
                return;
            }
            walked = expected;
            emptied += row.emptied() ? 1 : 0;
        }

        private static String misplaced(long found, long expected) {
            return found > expected ? "is missing" : "is missing: the next event has position " + found;
        }

        private @Nullable String fault(byte[] link) {
            if (row.emptied() && !row.isEmpty()) {
                return "has data, and the digest of an emptied event";
            }
            if (row.emptied() && !retention.isOver(row.type(), time())) {
                return "was emptied before its time";
            }
            if (!row.hasHash(link)) {
                return "is not what was stamped: its content does not match its hash";
            }
            head = link;
            return sealed.getOrDefault(row.position(), List.of()).stream()
                    .filter(seal -> !seal.head().hash().equals(HexFormat.of().formatHex(link)))
                    .findFirst()
                    .map(seal -> "is not what was there when the seal of " + seal.time() + " was taken")
                    .orElse(null);
        }

        private Instant time() {
            return Instant.EPOCH.plus(row.timeMicros(), ChronoUnit.MICROS);
        }
    }
}
