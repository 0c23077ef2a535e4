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
 * The file of those who were erased, one a line, kept outside the database: a backup that is older than an erasure knows nothing of it. Has
 * ids only, which lead to nobody. Blocks.
 */
public final class ErasureJournal {

    private static final Pattern LINE = Pattern.compile(
            "(?<epoch>[0-9a-f]{16}) (?<position>\\d{1,18}) (?<account>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /**
     * An erasure.
     *
     * @param epoch of the log that tells of it
     * @param position where
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

    /** Over a file that need not be there yet. */
    public ErasureJournal(Path file) {
        this.lines = new AppendOnlyFile(file);
    }

    /**
     * All erasures.
     *
     * @throws IllegalArgumentException naming the first line that is none
     */
    List<Noted> all() {
        return lines.exist() ? lines.all().stream().map(Noted::parse).toList() : List.of();
    }

    /** Whom they concern. */
    public Set<UUID> accounts() {
        return all().stream().map(Noted::account).collect(Collectors.toUnmodifiableSet());
    }

    /** Adds lines; they are on the disk when this returns. */
    void add(Collection<Noted> erasures) {
        lines.add(erasures.stream().map(Noted::line).toList());
    }
}
