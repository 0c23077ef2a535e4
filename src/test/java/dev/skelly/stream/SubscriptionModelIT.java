package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random changes of subscriptions while events are appended, against a model. Each reader changes its subscription, waits for the answer, and
 * knows from the returned cursors what it must get: each event of a channel from its cursor on until it was removed, once; nothing else.
 * {@code -Dskelly.seed=…} repeats a run.
 */
class SubscriptionModelIT {

    private static final int READERS = 8;
    private static final int ROUNDS = 160;

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final StreamNode node = new StreamNode(database, StreamSettings.ring(100)); // Most replays read the log.
    private final HttpClient client = node.vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(200));
    private final List<List<String>> written = new ArrayList<>(); // The channels of each position, from 1.
    private final Map<String, Long> positions = new ConcurrentHashMap<>(); // Of each cursor.
    private Future<Void> stamping = Future.succeededFuture();
    private int stamped; // Positions that the readers may know.

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /* A channel while it was subscribed: events of these positions. */
    private record Part(long from, long upTo) {

        boolean includes(long position) {
            return from < position && position <= upTo;
        }
    }

    private final class Model {

        final List<String> mayRead;
        final ChangingReader reader;
        final boolean replays;
        final Map<String, Long> open = new TreeMap<>(); // The position after which each channel must be complete.
        final Map<String, List<Part>> ended = new TreeMap<>();

        Model(int number) {
            var person = number % 3 == 0 ? node.person("admin") : node.person();
            mayRead = new ArrayList<>(
                    List.of("public", "role:user", person.channel(), "topic:inbox/" + person.account()));
            if (number % 3 == 0) {
                mayRead.add("role:admin");
            }
            replays = number % 4 != 3;
            reader = replays
                    ? new ChangingReader.BySocket(SocketClient.of(node, person))
                    : ChangingReader.ByRequest.open(node, person, client);
            if (!replays) {
                open.put("public", 0L); // Opened before anything was written.
            }
        }

        void subscribe(Random random) {
            var channels = some(random);
            channels.removeAll(open.keySet());
            if (channels.isEmpty()) {
                return;
            }
            var now = !replays || random.nextInt(3) == 0;
            var after = now ? "" : node.cursors.position(random.nextInt(stamped + 1));
            var cursor = reader.add(channels, after);
            assertThat(now || after.equals(cursor)).isTrue();
            var from = position(cursor);
            channels.forEach(channel -> open.put(channel, from));
        }

        void unsubscribe(Random random) {
            var channels = some(random);
            channels.retainAll(open.keySet());
            if (channels.isEmpty()) {
                return;
            }
            reader.remove(channels);
            for (var channel : channels) {
                var from = open.remove(channel);
                ended.computeIfAbsent(channel, none -> new ArrayList<>())
                        .add(new Part(from == null ? 0 : from, written.size()));
            }
        }

        private List<String> some(Random random) {
            return mayRead.stream()
                    .filter(channel -> random.nextInt(3) == 0)
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        List<Long> heard() {
            return reader.cursors().stream()
                    .map(SubscriptionModelIT.this::position)
                    .toList();
        }

        /* What of the channels that are open now must have come and has not. */
        List<Long> missing() {
            var heard = new LinkedHashSet<>(heard());
            return LongStream.rangeClosed(1, written.size())
                    .filter(position -> isOpen(position) && !heard.contains(position))
                    .boxed()
                    .toList();
        }

        private boolean isOpen(long position) {
            return channelsAt(position).stream().anyMatch(channel -> {
                var from = open.get(channel);
                return from != null && from < position;
            });
        }

        /* How often an event may have come at most: once, and again for each part that was asked for again. */
        long allowed(long position) {
            var past = channelsAt(position).stream()
                    .flatMap(channel -> ended.getOrDefault(channel, List.of()).stream())
                    .filter(part -> part.includes(position))
                    .count();
            return past + (isOpen(position) ? 1 : 0);
        }

        /* How often a channel went back; only a new part may. Events of several channels come with any of them. */
        long descents(String channel) {
            var of = heard().stream()
                    .filter(position -> channelsAt(position).equals(List.of(channel)))
                    .toList();
            return IntStream.range(1, of.size())
                    .filter(n -> of.get(n) <= of.get(n - 1))
                    .count();
        }

        void check(long seed) {
            var counts = heard().stream().collect(Collectors.groupingBy(at -> at, Collectors.counting()));
            counts.forEach((position, times) -> {
                var channels = channelsAt(position);
                assertThat(channels).as("seed %d, position %d", seed, position).containsAnyElementsOf(mayRead);
                assertThat(times)
                        .as("seed %d, position %d of %s in %s %s", seed, position, channels, ended, open)
                        .isLessThanOrEqualTo(allowed(position));
            });
            mayRead.forEach(channel -> assertThat(descents(channel))
                    .as("seed %d, %s", seed, channel)
                    .isLessThanOrEqualTo(ended.getOrDefault(channel, List.of()).size()));
            reader.checkOpen();
        }
    }

    private long position(String cursor) {
        var position = positions.get(cursor);
        assertThat(position).as(cursor).isNotNull();
        return position == null ? 0 : position;
    }

    private List<String> channelsAt(long position) {
        return written.get((int) position - 1);
    }

    private void append(Random random, List<String> channels) {
        Waiting.on(stamping);
        stamped = written.size();
        var events = new ArrayList<NoteEvent>();
        for (var n = 1 + random.nextInt(6); n > 0; n--) {
            var some = random.ints(1 + random.nextInt(2), 0, channels.size())
                    .mapToObj(channels::get)
                    .distinct()
                    .toList();
            var number = written.size() + 1;
            events.add(new NoteEvent.Shared(some, number));
            written.add(some);
            positions.put(node.cursors.position(number), (long) number);
        }
        node.append(events);
        stamping = node.relay.stamp(3); // Delivered while the next changes are made.
    }

    @Test
    void everyPartIsCompleteFromItsCursorAndNothingIsRepeated() {
        // Given
        var seed = Torture.seed("subscriptions");
        var random = new Random(seed);
        positions.put(node.cursors.position(0), 0L);
        var models = IntStream.range(0, READERS).mapToObj(Model::new).toList();
        var channels = new LinkedHashSet<>(List.of("role:admin", "public", "role:user", "user:other"));
        models.forEach(model -> channels.addAll(model.mayRead));

        // When
        for (var round = 1; round <= ROUNDS; round++) {
            append(random, List.copyOf(channels));
            var model = models.get(random.nextInt(READERS));
            if (random.nextInt(5) < 3) {
                model.subscribe(random);
            } else {
                model.unsubscribe(random);
            }
            if (round % 20 == 0) {
                complete(models, seed);
            }
        }

        // Then
        models.forEach(model -> model.check(seed));
    }

    /* Otherwise a part might be removed before anything of it came, and a lost event would not be noticed. */
    private void complete(List<Model> models, long seed) {
        Waiting.on(stamping);
        for (var model : models) {
            await().alias("seed " + seed)
                    .untilAsserted(() -> assertThat(model.missing()).isEmpty());
        }
    }
}
