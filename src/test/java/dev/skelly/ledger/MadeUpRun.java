package dev.skelly.ledger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A run that never was, honest at first, with ways to falsify it. Five people register and change their preferences. */
final class MadeUpRun {

    private static final int PEOPLE = 5;
    private static final int CHANGES = 6;

    final List<Line> lines = new ArrayList<>();
    final List<Books.Row> events = new ArrayList<>();
    final List<Books.Effect> inbox = new ArrayList<>();
    final List<Books.Effect> dead = new ArrayList<>();
    final List<Books.LeaderWrite> writes = new ArrayList<>();
    final List<UUID> preferences = new ArrayList<>();
    final Map<String, Long> counts = new HashMap<>();

    private final Map<UUID, Long> versions = new HashMap<>();
    private final byte[] key = new byte[16];
    private final Random random;
    private long time;

    private MadeUpRun(Random random) {
        this.random = random;
        random.nextBytes(key);
    }

    static MadeUpRun honest(Random random) {
        var run = new MadeUpRun(random);
        var people = new ArrayList<UUID>();
        for (var i = 0; i < PEOPLE; i++) {
            people.add(run.register());
        }
        for (var i = 0; i < PEOPLE * CHANGES; i++) {
            run.change(people.get(i % PEOPLE));
        }
        run.changeWithoutAnswer(people.get(0));
        people.forEach(run::readAll);
        run.write("head", 1, "a", 11);
        run.write("stamp", 1, "a", 11);
        run.write("head", 2, "b", 12);
        run.write("stamp", 2, "b", 13);
        return run;
    }

    Verdict check() {
        return Ledger.check(History.of(lines), books());
    }

    private Books books() {
        var head = events.stream()
                .map(Books.Row::position)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return new Books(
                7,
                new SecretKeySpec(key, "AES"),
                head,
                2,
                events,
                inbox,
                dead,
                List.of(new Books.Checkpoint("welcome-mail", 1, 2)),
                counts,
                preferences,
                writes);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private UUID register() {
        var op = uuid();
        var account = uuid();
        lines.add(Line.operation(++time, Line.Kind.INVOKE, op, "register", null, null));
        var registered = append(account, "user.registered", op, null);
        lines.add(Line.operation(++time, Line.Kind.OK, op, null, account, null));
        append(account, "user.preferences-initialised", op, registered.id());
        inbox.add(new Books.Effect("welcome-mail", registered.id(), true));
        inbox.add(new Books.Effect("initialise-preferences", registered.id(), true));
        preferences.add(account);
        return account;
    }

    private void change(UUID account) {
        var op = uuid();
        lines.add(Line.operation(++time, Line.Kind.INVOKE, op, "preferences", account, null));
        append(account, "user.preferences-updated", op, null);
        lines.add(Line.operation(++time, Line.Kind.OK, op, null, account, null));
    }

    private void changeWithoutAnswer(UUID account) {
        var op = uuid();
        lines.add(Line.operation(++time, Line.Kind.INVOKE, op, "preferences", account, null));
        append(account, "user.preferences-updated", op, null);
        lines.add(Line.operation(++time, Line.Kind.INFO, op, null, null, "no answer"));
    }

    @CanIgnoreReturnValue
    private Books.Row append(UUID account, String type, UUID op, @Nullable UUID cause) {
        var place = events.size() + 1L;
        var version = versions.merge(account, 1L, Long::sum);
        var row = new Books.Row(
                place,
                place,
                uuid(),
                type,
                "user:" + account,
                version,
                op,
                cause,
                List.of("role:admin", "user:" + account));
        events.add(row);
        inbox.add(new Books.Effect("update-analytics", row.id(), true));
        counts.merge(type, 1L, Long::sum);
        return row;
    }

    private void readAll(UUID account) {
        var name = "reader-" + account;
        var cursors = new CursorText(books());
        lines.add(Line.reader(++time, Line.Kind.STREAM, name, account, 0, "earliest", null, null));
        var connection = 1;
        for (var row : events) {
            if (row.subject().equals("user:" + account)) {
                var cursor = cursors.of(Objects.requireNonNull(row.position()));
                lines.add(Line.reader(++time, Line.Kind.RECEIVED, name, null, connection, cursor, row.id(), null));
                connection = row.version() > 3 ? 2 : 1;
            }
        }
        lines.add(Line.reader(++time, Line.Kind.END, name, null, 0, null, null, null));
    }

    Books.Row someWrite() {
        return events.stream()
                .filter(row -> row.type().equals("user.preferences-updated"))
                .findFirst()
                .orElseThrow();
    }

    void removeEvent(Books.Row row) {
        events.remove(row);
    }

    /** The newest event of all vanishes together with what reacted to it: dense positions and versions cannot tell. */
    void removeAnswer() {
        var last = events.get(events.size() - 2);
        events.remove(last);
        inbox.removeIf(effect -> effect.event().equals(last.id()));
    }

    void addStranger() {
        append(preferences.get(0), "user.preferences-updated", uuid(), null);
    }

    void refuse(Books.Row row) {
        lines.add(Line.operation(++time, Line.Kind.FAIL, row.correlation(), null, null, "422"));
    }

    void repeat(Books.Row row) {
        append(preferences.get(0), row.type(), row.correlation(), null);
    }

    void skipVersion() {
        var last = events.remove(events.size() - 1);
        events.add(copy(last, last.position(), last.version() + 1, last.correlation()));
    }

    private List<Books.Row> writesOf(UUID account) {
        return events.stream()
                .filter(row ->
                        row.subject().equals("user:" + account) && row.type().equals("user.preferences-updated"))
                .collect(Collectors.toList());
    }

    void swapPositionsOfSubject() {
        var writes = writesOf(preferences.get(1));
        swap(writes.get(0), writes.get(1), true);
    }

    void swapOperationsOfSubject() {
        var writes = writesOf(preferences.get(1));
        swap(writes.get(0), writes.get(3), false);
    }

    private void swap(Books.Row one, Books.Row other, boolean positions) {
        var first = events.indexOf(one);
        var second = events.indexOf(other);
        if (positions) {
            events.set(first, copy(one, other.position(), one.version(), one.correlation()));
            events.set(second, copy(other, one.position(), other.version(), other.correlation()));
        } else {
            events.set(first, copy(one, one.position(), one.version(), other.correlation()));
            events.set(second, copy(other, other.position(), other.version(), one.correlation()));
        }
    }

    private static Books.Row copy(Books.Row row, @Nullable Long position, long version, UUID correlation) {
        return new Books.Row(
                row.seq(),
                position,
                row.id(),
                row.type(),
                row.subject(),
                version,
                correlation,
                row.causation(),
                row.channels());
    }

    void givePositionTwice() {
        var last = events.remove(events.size() - 1);
        events.add(copy(last, events.get(0).position(), last.version(), last.correlation()));
    }

    void movePosition() {
        var last = events.remove(events.size() - 1);
        events.add(copy(last, Objects.requireNonNull(last.position()) + 1, last.version(), last.correlation()));
    }

    void restamp() {
        write("restamp", 2, "b", 12);
    }

    void forgetStamp() {
        var last = events.remove(events.size() - 1);
        events.add(copy(last, null, last.version(), last.correlation()));
    }

    private int receipt(int n) {
        var places = new ArrayList<Integer>();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).kind() == Line.Kind.RECEIVED) {
                places.add(i);
            }
        }
        return places.get(n);
    }

    void loseReceipt() {
        lines.remove(receipt(3));
    }

    void leak() {
        var line = lines.get(receipt(3));
        var foreign = writesOf(preferences.get(PEOPLE - 1)).get(0);
        lines.add(
                receipt(4),
                Line.reader(
                        time,
                        Line.Kind.RECEIVED,
                        String.valueOf(line.stream()),
                        null,
                        2,
                        line.cursor(),
                        foreign.id(),
                        null));
    }

    void swapReceipts() {
        var place = receipt(3);
        lines.add(place, lines.remove(place + 1));
    }

    void tellGap() {
        var name = String.valueOf(lines.get(receipt(3)).stream());
        lines.add(receipt(4), Line.reader(time, Line.Kind.GAP, name, null, 2, null, null, "expired"));
    }

    void answerTwice() {
        var registered = events.get(0);
        append(preferences.get(0), "user.preferences-initialised", registered.correlation(), registered.id());
    }

    void goBack() {
        writes.add(new Books.LeaderWrite("head", 2, -1, 12, "b"));
    }

    void write(String what, long epoch, String holder, int backend) {
        writes.add(new Books.LeaderWrite(what, epoch, writes.size(), backend, holder));
    }
}
