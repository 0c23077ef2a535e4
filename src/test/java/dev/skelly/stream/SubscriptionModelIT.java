package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random changes of subscriptions while events are appended, against a model. Each reader changes its subscription, waits for the answer, and
 * knows from the returned cursors what it must get: each event of a channel from its cursor on until it was removed, once; nothing else.
 * {@code -Dskelly.seed=…} repeats a run.
 */
class SubscriptionModelIT {

    private static final int READERS = 6;
    private static final int ROUNDS = 120;

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final StreamConfig d = StreamConfig.DEFAULT;
    private final StreamNode node = new StreamNode(database, config());
    private final List<String> written = new ArrayList<>(); // The channel of each position, from 1.
    private Future<Void> stamping = Future.succeededFuture();
    private int stamped; // Positions that the readers may know.

    private StreamConfig config() {
        return new StreamConfig(
                d.heartbeat(),
                d.maxAge(),
                d.connectionsPerUser(),
                d.connectionsPerAddress(),
                d.connectionsPerNode(),
                d.connectsPerSecond(),
                d.connectsPerAddress(),
                10_000,
                d.behindEventsMax(),
                d.slowMax(),
                100, // So that most replays read the log.
                d.ringBytesMax(),
                d.healInterval(),
                d.anonymous());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /* The part of a subscription that a channel is: events of these positions, and the position at which it ended. */
    private record Part(long from, long upTo) {}

    private final class Reader {

        final StreamNode.Person person;
        final List<String> mayRead;
        final SocketClient socket;
        final Map<String, Long> open =
                new TreeMap<>(); // For each channel the position after which it must be complete.
        final Map<String, List<Part>> ended = new TreeMap<>();

        Reader(int number) {
            person = number % 3 == 0 ? node.person("admin") : node.person();
            mayRead = new ArrayList<>(
                    List.of("public", "role:user", person.channel(), "topic:inbox/" + person.account()));
            if (number % 3 == 0) {
                mayRead.add("role:admin");
            }
            socket = SocketClient.of(node, person);
        }

        void subscribe(Random random) {
            var channels = some(random);
            channels.removeAll(open.keySet());
            if (channels.isEmpty()) {
                return;
            }
            var after = random.nextInt(3) == 0 ? "" : node.cursors.position(random.nextInt(stamped + 1));
            var fields = "\"do\":\"subscribe\",\"channels\":" + list(channels)
                    + (after.isEmpty() ? "" : ",\"after\":\"" + after + "\"");
            var cursor = ok(socket.ask(fields)).path("cursor").asText();
            assertThat(after.isEmpty() || after.equals(cursor)).as(fields).isTrue();
            var from = position(cursor);
            channels.forEach(channel -> open.put(channel, from));
        }

        void unsubscribe(Random random) {
            var channels = some(random);
            channels.retainAll(open.keySet());
            if (channels.isEmpty()) {
                return;
            }
            var request = socket.ask("\"do\":\"unsubscribe\",\"channels\":" + list(channels));
            ok(request);
            channels.forEach(this::close);
        }

        private void close(String channel) {
            var from = open.remove(channel);
            if (from != null) {
                ended.computeIfAbsent(channel, none -> new ArrayList<>()).add(new Part(from, written.size()));
            }
        }

        private List<String> some(Random random) {
            return mayRead.stream()
                    .filter(channel -> random.nextInt(3) == 0)
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        /* What of the parts that are open now must have come. */
        List<Long> missing() {
            var heard = new LinkedHashSet<>(positions());
            return IntStream.rangeClosed(1, written.size())
                    .mapToLong(position -> position)
                    .filter(position -> {
                        var from = open.get(channelAt(position));
                        return from != null && from < position && !heard.contains(position);
                    })
                    .boxed()
                    .toList();
        }

        List<Long> positions() {
            return socket.messages().stream()
                    .filter(message -> message.has("event"))
                    .map(message -> position(message.path("id").asText()))
                    .toList();
        }

        /* How often a channel went back; only a new part of it may. */
        long descents(String channel) {
            var of = positions().stream()
                    .filter(position -> channelAt(position).equals(channel))
                    .toList();
            return IntStream.range(1, of.size())
                    .filter(n -> of.get(n) <= of.get(n - 1))
                    .count();
        }

        /* How often an event at most may have come: once for each part of its channel that includes it. */
        long allowed(long position) {
            var channel = channelAt(position);
            var from = open.get(channel);
            var past = ended.getOrDefault(channel, List.of()).stream()
                    .filter(part -> part.from < position && position <= part.upTo)
                    .count();
            return past + (from != null && from < position ? 1 : 0);
        }
    }

    private static JsonNode ok(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        return answer;
    }

    private static String list(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private final Map<String, Long> byCursor = new java.util.concurrent.ConcurrentHashMap<>();

    private long position(String cursor) {
        var position = byCursor.get(cursor);
        assertThat(position).as(cursor).isNotNull();
        return position == null ? 0 : position;
    }

    private String channelAt(long position) {
        return written.get((int) position - 1);
    }

    private void append(Random random, Set<String> channels) {
        Waiting.on(stamping);
        stamped = written.size();
        var all = List.copyOf(channels);
        var events = new ArrayList<NoteEvent>();
        for (var n = 1 + random.nextInt(6); n > 0; n--) {
            var channel = all.get(random.nextInt(all.size()));
            var number = written.size() + 1;
            events.add(
                    random.nextBoolean()
                            ? new NoteEvent.Written(channel, number, "text")
                            : new NoteEvent.Erased(channel, number));
            written.add(channel);
            byCursor.put(node.cursors.position(number), (long) number);
        }
        node.append(events);
        stamping = node.relay.stamp(3); // Delivered while the next changes are made.
    }

    @Test
    void everyPartIsCompleteFromItsCursorAndNothingIsRepeated() {
        // Given
        var seed = Torture.seed("subscriptions");
        var random = new Random(seed);
        byCursor.put(node.cursors.position(0), 0L);
        var readers = IntStream.range(0, READERS).mapToObj(Reader::new).toList();
        var channels = new LinkedHashSet<>(List.of("role:admin", "public", "role:user", "user:other"));
        readers.forEach(reader -> channels.addAll(reader.mayRead));

        // When
        for (var round = 0; round < ROUNDS; round++) {
            append(random, channels);
            var reader = readers.get(random.nextInt(READERS));
            if (random.nextBoolean()) {
                reader.subscribe(random);
            } else {
                reader.unsubscribe(random);
            }
            if (round % 20 == 19) {
                complete(readers, seed);
            }
        }
        complete(readers, seed);

        // Then
        for (var reader : readers) {
            check(reader, seed);
        }
    }

    /* Otherwise a part may be removed before anything of it came, and a lost event would not be noticed. */
    private void complete(List<Reader> readers, long seed) {
        Waiting.on(node.relay.stamp(3));
        for (var reader : readers) {
            await().alias("seed " + seed)
                    .untilAsserted(() -> assertThat(reader.missing()).isEmpty());
        }
    }

    private void check(Reader reader, long seed) {
        var counts = reader.positions().stream().collect(Collectors.groupingBy(at -> at, Collectors.counting()));
        counts.forEach((position, times) -> {
            var channel = channelAt(position);
            assertThat(reader.mayRead)
                    .as("seed %d, position %d", seed, position)
                    .contains(channel);
            assertThat(times)
                    .as("seed %d, position %d of %s in %s %s", seed, position, channel, reader.ended, reader.open)
                    .isLessThanOrEqualTo(reader.allowed(position));
        });
        assertThat(reader.socket.messages().stream().filter(message -> message.has("problem")))
                .isEmpty();
        assertThat(reader.socket.closeCode()).isEqualTo(-1);
        reader.mayRead.forEach(channel -> assertThat(reader.descents(channel))
                .as("seed %d, %s", seed, channel)
                .isLessThanOrEqualTo(
                        reader.ended.getOrDefault(channel, List.of()).size()));
    }
}
