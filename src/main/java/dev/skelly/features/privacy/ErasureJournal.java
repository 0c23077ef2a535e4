package dev.skelly.features.privacy;

import dev.skelly.eventlog.AppendOnlyFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stores the erasures in a file outside the database, one per line, because a backup from before an erasure does not contain it. Stores only
 * ids, which identify no person. Blocks.
 */
public final class ErasureJournal {

    private static final Pattern LINE = Pattern.compile(
            "(?<epoch>[0-9a-f]{16}) (?<position>\\d{1,18}) (?<account>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /**
     * An erasure.
     *
     * @param epoch of the log with the event of the erasure
     * @param position of that event
     */
    record Noted(long epoch, long position, UUID account) {

        String line() {
            return "%016x %d %s".formatted(epoch, position, account);
        }

        static Noted parse(String line) {
            var parts = LINE.matcher(line.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("erasure: " + line + " (expected: epoch, position and account)");
            }
            return new Noted(
                    Long.parseUnsignedLong(parts.group("epoch"), 16),
                    Long.parseLong(parts.group("position")),
                    UUID.fromString(parts.group("account")));
        }
    }

    private final AppendOnlyFile lines;

    /** Creates a journal on a file that need not exist. */
    public ErasureJournal(Path file) {
        this.lines = new AppendOnlyFile(file);
    }

    /**
     * Returns all erasures.
     *
     * @throws IllegalArgumentException with the first invalid line
     */
    List<Noted> all() {
        return lines.exist() ? lines.all().stream().map(Noted::parse).toList() : List.of();
    }

    /** Returns the erased accounts. */
    public Set<UUID> accounts() {
        return all().stream().map(Noted::account).collect(Collectors.toUnmodifiableSet());
    }

    /** Appends erasures. They are on the disk when this returns. */
    void add(Collection<Noted> erasures) {
        lines.add(erasures.stream().map(Noted::line).toList());
    }
}
