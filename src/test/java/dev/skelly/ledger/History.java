package dev.skelly.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clients wrote down.
 *
 * @param operations by id
 * @param readers by name
 */
public record History(Map<UUID, Operation> operations, Map<String, Reader> readers) {

    /** How an operation ended, as far as its client knows. */
    public enum Ending {
        OK,
        FAIL,
        UNKNOWN
    }

    /**
     * One thing a client asked for.
     *
     * @param invoked before it was sent, nanoseconds
     * @param returned after the answer; {@link Long#MAX_VALUE} where none came
     */
    public record Operation(UUID id, String action, long invoked, long returned, Ending ending) {}

    /** One event as a reader got it, in the order of arrival. */
    public record Receipt(int connection, String cursor, UUID event) {}

    /**
     * One reader, over all its connections.
     *
     * @param from cursor it began after, {@code earliest} for the beginning
     * @param ended whether it stayed until everything should have reached it
     */
    public record Reader(
            String name, UUID account, String from, List<Receipt> receipts, List<String> gaps, boolean ended) {}

    /** Reads a file of JSON lines; a last line cut short by a crash is left out. */
    public static History read(Path path) {
        var json = new ObjectMapper();
        var lines = new ArrayList<Line>();
        try {
            for (var text : Files.readAllLines(path)) {
                if (text.endsWith("}")) {
                    lines.add(json.readValue(text, Line.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(lines);
    }

    static History of(Collection<Line> lines) {
        var operations = new LinkedHashMap<UUID, Operation>();
        var readers = new LinkedHashMap<String, Reader>();
        for (var line : lines) {
            if (line.op() != null) {
                operations.compute(line.op(), (id, known) -> after(known, line, id));
            } else {
                readers.compute(Objects.requireNonNull(line.stream()), (name, known) -> after(known, line, name));
            }
        }
        return new History(operations, readers);
    }

    private static Operation after(@Nullable Operation known, Line line, UUID id) {
        if (line.kind() == Line.Kind.INVOKE) {
            return new Operation(id, Objects.requireNonNull(line.action()), line.at(), Long.MAX_VALUE, Ending.UNKNOWN);
        }
        if (known == null) {
            throw new IllegalArgumentException("operation " + id + " ends before it begins");
        }
        var ending = switch (line.kind()) {
            case OK -> Ending.OK;
            case FAIL -> Ending.FAIL;
            default -> Ending.UNKNOWN;
        };
        return new Operation(id, known.action(), known.invoked(), line.at(), ending);
    }

    private static Reader after(@Nullable Reader known, Line line, String name) {
        if (line.kind() == Line.Kind.STREAM) {
            return new Reader(
                    name,
                    Objects.requireNonNull(line.account()),
                    Objects.requireNonNull(line.cursor()),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    false);
        }
        if (known == null) {
            throw new IllegalArgumentException("reader " + name + " hears before it begins");
        }
        switch (line.kind()) {
            case RECEIVED ->
                known.receipts()
                        .add(new Receipt(
                                Objects.requireNonNull(line.connection()),
                                Objects.requireNonNull(line.cursor()),
                                Objects.requireNonNull(line.event())));
            case GAP -> known.gaps().add(String.valueOf(line.note()));
            case END -> {
                return new Reader(name, known.account(), known.from(), known.receipts(), known.gaps(), true);
            }
            default -> {
                // A new connection changes nothing by itself: receipts name theirs.
            }
        }
        return known;
    }
}
