package dev.skelly.features.transfer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exports events from the log for the operator, and imports them. One call at a time. */
public final class EventTransfer {

    /** The number of lines that are imported in one transaction. */
    public static final int BATCH = 500;

    /** The maximum length of an imported line in bytes. */
    public static final int LINE_BYTES_MAX = EventLine.BYTES_MAX;

    private static final int PAGE = 500;
    private static final long PAUSE_MILLIS = 250;

    private final Vertx vertx;
    private final CommandBus commands;
    private final LogReader reader;
    private final CursorCodec cursors;
    private final EventTypeRegistry catalogue;
    private final FieldDecryptor opener;
    private final EventLine form;
    private final Supplier<UUID> ids;

    /** Creates the transfer for one database. */
    public EventTransfer(
            Vertx vertx,
            CommandBus commands,
            LogReader reader,
            CursorCodec cursors,
            EventTypeRegistry catalogue,
            FieldDecryptor opener,
            JsonMapper json,
            Supplier<UUID> ids) {
        this.vertx = vertx;
        this.commands = commands;
        this.reader = reader;
        this.cursors = cursors;
        this.catalogue = catalogue;
        this.opener = opener;
        this.form = new EventLine(catalogue, json);
        this.ids = ids;
    }

    /** The result of an import. */
    public record Outcome(long appended, long repeated, List<String> faults) {

        /** Nothing was imported. */
        public static final Outcome NONE = new Outcome(0, 0, List.of());

        /** Copies the errors. */
        public Outcome {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Exports events as lines, oldest first, after the export was recorded in the audit log.
     *
     * @param lines receives each line, on a context of this object
     * @return the number of events; fails with a {@link Problem} when the query is invalid
     */
    public Future<Long> export(ExportQuery query, Consumer<String> lines) {
        var types = types(query.types());
        return after(query.after())
                .compose(after -> commands.send(
                                new RecordExport(after, query.types(), query.open(), query.follow()),
                                CommandContext.byOperator(ids.get()))
                        .compose(noted -> reader.head())
                        .compose(head -> read(new Export(query, types, lines, head), after, 0)));
    }

    private record Export(ExportQuery query, @Nullable Set<String> types, Consumer<String> lines, long head) {}

    private @Nullable Set<String> types(List<String> patterns) {
        if (patterns.isEmpty()) {
            return null;
        }
        var names = new HashSet<String>();
        for (var pattern : patterns) {
            var before = names.size();
            catalogue.types().stream()
                    .filter(type -> pattern.endsWith(".*")
                            ? type.name().startsWith(pattern.substring(0, pattern.length() - 1))
                            : type.name().equals(pattern))
                    .forEach(type -> {
                        names.add(type.name());
                        names.addAll(type.formerly());
                    });
            if (names.size() == before) {
                throw Problem.invalid("#/types", "unknown-type", pattern + " is not an event type");
            }
        }
        return names;
    }

    private Future<Long> after(String text) {
        if (text.equals("earliest")) {
            return Future.succeededFuture(0L);
        }
        if (text.equals("latest")) {
            return reader.head();
        }
        var cursor = cursors.read(text).orElse(new Cursor.Foreign());
        if (cursor instanceof Cursor.Position at) {
            return Future.succeededFuture(at.position());
        }
        return cursor instanceof Cursor.Write write
                ? reader.positionOf(write.seq()).map(at -> at.orElseThrow(EventTransfer::noCursor))
                : Future.failedFuture(noCursor());
    }

    private static Problem noCursor() {
        return Problem.invalid("#/after", "cursor", "must be a cursor of this log, earliest or latest");
    }

    private Future<Long> read(Export export, long after, long handed) {
        var left = export.query().limit() - handed;
        if (left < 1 || (!export.query().follow() && after >= export.head())) {
            return Future.succeededFuture(handed);
        }
        return reader.page(after, null, export.types(), (int) Math.min(PAGE, left))
                .compose(page -> open(export, page)
                        .map(events -> hand(export, events))
                        .compose(count -> {
                            var next = page.upTo() > after ? Future.<Void>succeededFuture() : pause();
                            return next.compose(go -> read(export, page.upTo(), handed + count));
                        }));
    }

    private Future<List<StoredEvent>> open(Export export, EventPage page) {
        return export.query().open() ? opener.open(page.events()) : Future.succeededFuture(page.events());
    }

    private long hand(Export export, List<StoredEvent> events) {
        var wanted = events.stream()
                .filter(event -> export.query().follow() || event.position() <= export.head())
                .toList();
        wanted.forEach(event ->
                export.lines().accept(form.write(catalogue.present(event), cursors.position(event.position()))));
        return wanted.size();
    }

    private Future<Void> pause() {
        return vertx.timer(PAUSE_MILLIS).mapEmpty();
    }

    /**
     * Imports lines.
     *
     * @param next returns the next lines, each without its end, at most {@link #BATCH}, none at the end; called where it may block
     */
    public Future<Outcome> importAll(Callable<List<byte[]>> next) {
        return importAll(next, 0, Outcome.NONE);
    }

    private Future<Outcome> importAll(Callable<List<byte[]>> next, long linesBefore, Outcome before) {
        return vertx.executeBlocking(next)
                .compose(lines -> lines.isEmpty()
                        ? Future.succeededFuture(before)
                        : importSome(lines, linesBefore, before)
                                .compose(after -> importAll(next, linesBefore + lines.size(), after)));
    }

    private Future<Outcome> importSome(List<byte[]> lines, long linesBefore, Outcome before) {
        var faults = new ArrayList<>(before.faults());
        var places = new LinkedHashMap<UUID, Long>();
        var events = new ArrayList<ImportedEvent>();
        for (var index = 0; index < lines.size(); index++) {
            var number = linesBefore + index + 1;
            if (isBlank(lines.get(index))) {
                continue;
            }
            var found = new ArrayList<String>();
            var event = form.read(lines.get(index), found);
            found.forEach(fault -> faults.add("line " + number + ": " + fault));
            event.ifPresent(one -> {
                if (places.putIfAbsent(one.id(), number) == null) {
                    events.add(one);
                } else {
                    faults.add("line " + number + ": id stands on line " + places.get(one.id()) + ", too");
                }
            });
        }
        return events.isEmpty()
                ? Future.succeededFuture(new Outcome(before.appended(), before.repeated(), faults))
                : commands.send(new ImportEvents(events), CommandContext.byOperator(ids.get()))
                        .map(done -> added(before, events, done.result().fates(), places, faults));
    }

    private static boolean isBlank(byte[] line) {
        for (var character : line) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    private static Outcome added(
            Outcome before,
            List<ImportedEvent> events,
            List<ImportEvents.ImportFate> fates,
            Map<UUID, Long> places,
            List<String> faults) {
        for (var index = 0; index < events.size(); index++) {
            if (fates.get(index) == ImportEvents.ImportFate.CLASHING) {
                faults.add("line " + places.get(events.get(index).id()) + ": the log has this id with other content");
            }
        }
        return new Outcome(
                before.appended() + count(fates, ImportEvents.ImportFate.APPENDED),
                before.repeated() + count(fates, ImportEvents.ImportFate.REPEATED),
                faults);
    }

    private static long count(List<ImportEvents.ImportFate> fates, ImportEvents.ImportFate fate) {
        return fates.stream().filter(each -> each == fate).count();
    }
}
