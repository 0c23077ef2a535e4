package dev.skelly.features.deadletters;

import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.WorkAdmin;
import dev.skelly.feature.Worker;
import dev.skelly.worker.HandoverTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what the inbox lacks and leaves a request for the relay. */
final class WorkRedispatch implements WorkAdmin {

    private final CommandBus commands;
    private final AuditLog audit;
    private final Supplier<UUID> ids;
    private final Supplier<List<Worker>> workers;

    WorkRedispatch(Platform platform, Supplier<List<Worker>> workers) {
        this.commands = platform.commands();
        this.audit = platform.audit();
        this.ids = platform.ids();
        this.workers = workers;
    }

    /** A worker and how far it was handed events. */
    private record Chosen(Worker worker, HandoverTable.HandoverReach reached, long from) {}

    @Override
    public Future<List<RedispatchRequest>> redispatch(@Nullable String worker, @Nullable Long from) {
        return commands.query(new ListHandovers()).compose(known -> each(chosen(worker, from, known), List.of()));
    }

    private List<Chosen> chosen(@Nullable String worker, @Nullable Long from, ListHandovers.Handovers known) {
        var faults = new ArrayList<FieldError>();
        var all = workers.get().stream()
                .sorted(Comparator.comparing(Worker::name))
                .toList();
        if (worker != null && all.stream().noneMatch(each -> each.name().equals(worker))) {
            var names = all.stream().map(Worker::name).collect(Collectors.joining(", "));
            faults.add(new FieldError("--worker", "unknown", worker + " (expected: one of " + names + ")"));
        }
        if (from != null && (from < 1 || from > known.head())) {
            faults.add(new FieldError(
                    "--from", "range", from + " (expected: a position of the log, 1 to " + known.head() + ")"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return all.stream()
                .filter(each -> worker == null || each.name().equals(worker))
                .flatMap(each -> known.workers().stream()
                        .filter(reached -> reached.worker().equals(each.name()))
                        .map(reached ->
                                new Chosen(each, reached, Math.max(from == null ? 1 : from, reached.confirmed() + 1))))
                .toList();
    }

    private Future<List<RedispatchRequest>> each(List<Chosen> left, List<RedispatchRequest> made) {
        if (left.isEmpty()) {
            return Future.succeededFuture(made);
        }
        return request(left.get(0)).compose(request -> {
            var more = new ArrayList<>(made);
            more.add(request);
            return each(left.subList(1, left.size()), more);
        });
    }

    private Future<RedispatchRequest> request(Chosen chosen) {
        var worker = chosen.worker().name();
        var upTo = chosen.reached().position();
        return count(chosen, chosen.from() - 1, 0).compose(events -> {
            var answer = new RedispatchRequest(worker, chosen.from(), upTo, events);
            return events == 0
                    ? Future.succeededFuture(answer)
                    : commands.send(
                                    new RedispatchWork(worker, chosen.from(), upTo, events, ids.get()),
                                    CommandContext.byOperator(ids.get()))
                            .map(answer);
        });
    }

    private Future<Long> count(Chosen chosen, long after, long counted) {
        var upTo = chosen.reached().position();
        if (after >= upTo) {
            return Future.succeededFuture(counted);
        }
        var worker = chosen.worker();
        var types = worker.types().contains(Worker.ALL) ? null : worker.types();
        return commands.query(new FindMissingWork(worker.name(), types, after, upTo))
                .compose(page -> count(
                        chosen,
                        page.upTo(),
                        counted
                                + page.events().stream()
                                        .filter(event -> worker.reactsTo(event.type()))
                                        .count()));
    }

    static Future<ListHandovers.Handovers> handovers(SqlClient sql) {
        return HandoverTable.reached(sql)
                .compose(reached -> HandoverTable.head(sql).map(head -> new ListHandovers.Handovers(reached, head)));
    }

    static Future<HandoverTable.MissingPage> missing(SqlClient sql, FindMissingWork query) {
        return HandoverTable.missing(
                sql, query.worker(), query.types(), query.after(), query.upTo(), FindMissingWork.LIMIT);
    }

    Future<Void> record(Tx tx, RedispatchWork command) {
        var what = Map.of("from", command.from(), "upTo", command.upTo(), "events", command.events());
        return HandoverTable.request(tx.sql(), command.worker(), command.from(), command.id())
                .compose(known -> audit.note(
                        tx,
                        AuditEntry.on("worker:" + command.worker(), "system.work-redispatched")
                                .changing(Map.of(), what)));
    }
}
