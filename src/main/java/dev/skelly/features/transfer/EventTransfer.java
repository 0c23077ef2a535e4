package dev.skelly.features.transfer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.LogTransfer;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the log page by page, and appends lines batch by batch. */
final class EventTransfer implements LogTransfer {

    private static final int PAGE = 500;
    private static final long PAUSE_MILLIS = 250;

    private final Vertx vertx;
    private final CommandBus commands;
    private final LogSource log;
    private final Supplier<EventTypeRegistry> types;
    private final FieldDecryptor decryptor;
    private final JsonMapper json;
    private final Optional<MasterKey> master;
    private final Supplier<UUID> ids;

    EventTransfer(Platform platform, FieldDecryptor decryptor, Optional<MasterKey> master) {
        this.vertx = platform.vertx();
        this.commands = platform.commands();
        this.log = platform.log();
        this.types = platform.currentTypes();
        this.decryptor = decryptor;
        this.json = platform.json();
        this.master = master;
        this.ids = platform.ids();
    }

    private EventLine form(CursorCodec cursors, Map<String, Duration> retentions) {
        return new EventLine(types, json, LineProof.of(master, cursors), retentions);
    }

    @Override
    public Future<Long> export(ExportQuery query, Consumer<String> lines) {
        return types(query.types()).compose(wanted -> export(query, wanted.orElse(null), lines));
    }

    private Future<Long> export(ExportQuery query, @Nullable Set<String> wanted, Consumer<String> lines) {
        return log.cursors()
                .compose(cursors -> after(query.after(), cursors)
                        .compose(after -> commands.send(
                                        new RecordExport(after, query.types(), query.open(), query.follow()),
                                        CommandContext.byOperator(ids.get()))
                                .compose(noted -> commands.query(new FindStoredRetentions()))
                                .map(stored -> form(cursors, stored.byName()))
                                .compose(form -> log.head()
                                        .compose(head -> read(
                                                new Export(query, wanted, lines, cursors, form, head), after, 0)))));
    }

    private record Export(
            ExportQuery query,
            @Nullable Set<String> types,
            Consumer<String> lines,
            CursorCodec cursors,
            EventLine form,
            long head) {}

    /* Empty for all. Types that are declared no more are looked for in the log. */
    private Future<Optional<Set<String>>> types(List<String> patterns) {
        if (patterns.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        var names = new HashSet<String>();
        var unknown = new ArrayList<String>();
        for (var pattern : patterns) {
            var before = names.size();
            types.get().types().stream()
                    .filter(type -> matches(pattern, type.name()))
                    .forEach(type -> {
                        names.add(type.name());
                        names.addAll(type.formerly());
                    });
            if (names.size() == before || pattern.endsWith(".*")) {
                unknown.add(pattern);
            }
        }
        return unknown.isEmpty()
                ? Future.succeededFuture(Optional.of(names))
                : commands.query(new FindUndeclaredTypes(List.copyOf(types.get().names())))
                        .map(found -> Optional.of(with(names, unknown, found.names())));
    }

    private Set<String> with(Set<String> names, List<String> patterns, List<String> stored) {
        var known = Stream.concat(names.stream(), stored.stream()).toList();
        for (var pattern : patterns) {
            if (known.stream().noneMatch(name -> matches(pattern, name))) {
                throw Problem.invalid("#/types", "unknown-type", pattern + " is not an event type");
            }
            stored.stream().filter(name -> matches(pattern, name)).forEach(names::add);
        }
        return names;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith(".*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private Future<Long> after(String text, CursorCodec cursors) {
        if (text.equals("earliest")) {
            return Future.succeededFuture(0L);
        }
        if (text.equals("latest")) {
            return log.head();
        }
        var cursor = cursors.read(text).orElse(new Cursor.Foreign());
        if (cursor instanceof Cursor.Position at) {
            return Future.succeededFuture(at.position());
        }
        return cursor instanceof Cursor.Write write
                ? log.positionOf(write.seq()).map(at -> at.orElseThrow(EventTransfer::noCursor))
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
        return log.page(after, null, export.types(), (int) Math.min(PAGE, left))
                .compose(page -> open(export, page)
                        .map(opened -> hand(export, page.events(), opened))
                        .compose(count -> {
                            var next = page.upTo() > after ? Future.<Void>succeededFuture() : pause();
                            return next.compose(go -> read(export, page.upTo(), handed + count));
                        }));
    }

    private Future<List<StoredEvent>> open(Export export, EventPage page) {
        return export.query().open() ? decryptor.open(page.events()) : Future.succeededFuture(page.events());
    }

    private static long hand(Export export, List<StoredEvent> stored, List<StoredEvent> opened) {
        var handed = 0;
        for (var index = 0; index < stored.size(); index++) {
            var event = stored.get(index);
            if (export.query().follow() || event.position() <= export.head()) {
                var cursor = export.cursors().position(event.position());
                export.lines().accept(export.form().write(event, opened.get(index), cursor));
                handed++;
            }
        }
        return handed;
    }

    private Future<Void> pause() {
        return vertx.timer(PAUSE_MILLIS).mapEmpty();
    }

    @Override
    public Future<ImportResult> importAll(Callable<List<byte[]>> next) {
        return log.cursors().compose(cursors -> importAll(next, form(cursors, Map.of()), 0, ImportResult.NONE));
    }

    private Future<ImportResult> importAll(
            Callable<List<byte[]>> next, EventLine form, long linesBefore, ImportResult before) {
        return vertx.executeBlocking(next)
                .compose(lines -> lines.isEmpty()
                        ? Future.succeededFuture(before)
                        : importSome(lines, form, linesBefore, before)
                                .compose(after -> importAll(next, form, linesBefore + lines.size(), after)));
    }

    private Future<ImportResult> importSome(List<byte[]> lines, EventLine form, long linesBefore, ImportResult before) {
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
                ? Future.succeededFuture(new ImportResult(before.appended(), before.repeated(), faults))
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

    private static ImportResult added(
            ImportResult before,
            List<ImportedEvent> events,
            List<ImportEvents.ImportFate> fates,
            Map<UUID, Long> places,
            List<String> faults) {
        for (var index = 0; index < events.size(); index++) {
            if (fates.get(index) == ImportEvents.ImportFate.CLASHING) {
                faults.add("line " + places.get(events.get(index).id()) + ": the log has this id with other content");
            }
        }
        return new ImportResult(
                before.appended() + count(fates, ImportEvents.ImportFate.APPENDED),
                before.repeated() + count(fates, ImportEvents.ImportFate.REPEATED),
                faults);
    }

    private static long count(List<ImportEvents.ImportFate> fates, ImportEvents.ImportFate fate) {
        return fates.stream().filter(each -> each == fate).count();
    }
}
