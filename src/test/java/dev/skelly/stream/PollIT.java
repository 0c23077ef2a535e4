package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long polling: a response ends with the first news, and its cursor leads to the next without loss or repetition. */
class PollIT extends OnStreamNode {

    @Override
    boolean keepsAlive() {
        return true;
    }

    private record Answer(int status, JsonObject body) {

        List<String> notes() {
            return body.getJsonArray("items").stream()
                    .map(item -> (JsonObject) item)
                    .map(item -> item.getString("type") + " "
                            + item.getJsonObject("data").getString("channel") + " "
                            + item.getJsonObject("data").getInteger("number"))
                    .toList();
        }

        String cursor() {
            return body.getString("cursor");
        }
    }

    private Future<Answer> poll(StreamNode.Person person, String query) {
        return Waiting.onLoop(
                node.vertx,
                () -> client.request(HttpMethod.GET, node.port(), "127.0.0.1", "/api/stream?mode=poll" + query)
                        .compose(request -> request.putHeader("Authorization", "Bearer " + person.token())
                                .send())
                        .compose(response ->
                                response.body().map(text -> new Answer(response.statusCode(), new JsonObject(text)))));
    }

    @Test
    void answersAtOnceWhenThereIsSomethingThatTheReaderMaySee() {
        var person = node.person();
        node.appendAndStamp(note("public", 1), note("role:admin", 2), note(person.channel(), 3), note("user:other", 4));

        var answer = Waiting.on(poll(person, "&after=earliest"));

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.notes()).containsExactly("note.written public 1", "note.written " + person.channel() + " 3");
        assertThat(answer.cursor()).isEqualTo(node.cursors.position(4));
        assertThat(answer.body.fieldNames()).containsExactlyInAnyOrder("items", "cursor");
        await().until(() -> node.meter("skelly.stream.connections") == 0);
    }

    @Test
    void waitsForTheFirstEventThatItWants() {
        var person = node.person();
        node.appendAndStamp(note("public", 1));
        var waiting = poll(person, "&after=" + node.cursors.position(1) + "&types=note.erased");
        await().until(() -> node.meter("skelly.stream.connections") == 1);
        node.appendAndStamp(note("public", 2));
        var early = waiting.isComplete();

        node.appendAndStamp(note("public", 3), new NoteEvent.Erased("public", 4));
        var answer = Waiting.on(waiting);

        assertThat(early).isFalse();
        assertThat(answer.notes()).containsExactly("note.erased public 4");
        assertThat(answer.cursor()).isEqualTo(node.cursors.position(4));
    }

    @Test
    void refusesWhatAStreamRefusesAndTellsOfAGap() {
        var person = node.person();
        node.appendAndStamp(note("public", 1));

        assertThat(Waiting.on(poll(person, "&after=nonsense")).status).isEqualTo(400);
        assertThat(Waiting.on(poll(person, "&channels=role:admin")).status).isEqualTo(403);
        assertThat(Waiting.on(poll(person, "&types=no.such")).status).isEqualTo(422);
        var gap = Waiting.on(poll(person, "&after=" + node.cursors.position(99)));
        assertThat(gap.body.getJsonObject("gap").getString("reason")).isEqualTo("other-log");
        assertThat(gap.cursor()).isEqualTo(node.cursors.position(1));
        assertThat(gap.notes()).isEmpty();
        assertThat(node.meters
                        .get("skelly.stream.gaps")
                        .tags("transport", "poll", "reason", "other-log")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void saysThatTheNodeGoesAndWhereToContinue() {
        node.appendAndStamp(note("public", 1));
        var waiting = poll(node.person(), "&after=" + node.cursors.position(1));
        await().until(() -> node.meter("skelly.stream.connections") == 1 && node.meter("skelly.stream.behind") == 0);

        node.drain();
        var answer = Waiting.on(waiting);

        assertThat(answer.body.getJsonObject("bye").getString("reason")).isEqualTo("drain");
        assertThat(answer.cursor()).isEqualTo(node.cursors.position(1));
    }

    @Test
    void limitsAPageAndContinuesAfterIt() {
        var person = node.person();
        var notes = IntStream.range(0, 2_000).mapToObj(n -> note("public", n)).toList();
        node.append(notes);
        Waiting.on(node.relay.stamp(500));
        var got = new ArrayList<String>();
        var cursor = "earliest";
        var pages = 0;

        for (; got.size() < notes.size(); pages++) {
            var answer = Waiting.on(poll(person, "&after=" + cursor));
            got.addAll(answer.notes());
            cursor = answer.cursor();
        }

        assertThat(got)
                .isEqualTo(notes.stream()
                        .map(note -> "note.written public " + ((NoteEvent.Written) note).number())
                        .toList());
        assertThat(pages).isBetween(2, 10);
    }

    @Test
    void chainedPollsLoseAndRepeatNothingWhileEventsAreAppended() {
        // Given
        var seed = Torture.seed("poll");
        var random = new Random(seed);
        var person = node.person();
        var expected = new ArrayList<String>();
        var got = new ArrayList<String>();

        // When
        var poll = poll(person, "&after=earliest");
        for (var round = 0; round < 40; round++) {
            append(random, round == 20 ? 1_000 : 1 + random.nextInt(5), expected);
            if (poll.isComplete()) {
                poll = next(person, poll, got);
            }
        }
        while (got.size() < expected.size()) {
            poll = next(person, poll, got);
        }

        // Then
        assertThat(got).as("seed %d", seed).isEqualTo(expected);
    }

    private void append(Random random, int size, List<String> expected) {
        var first = expected.size();
        var notes = IntStream.range(first, first + size)
                .mapToObj(n -> random.nextInt(4) == 0 ? note("role:admin", n) : note("public", n))
                .toList();
        notes.stream()
                .map(note -> (NoteEvent.Written) note)
                .filter(note -> note.channel().equals("public"))
                .forEach(note -> expected.add("note.written public " + note.number()));
        node.append(notes);
        var unused = node.relay.stamp(1 + random.nextInt(400)); // Delivered while the next polls are made.
    }

    private Future<Answer> next(StreamNode.Person person, Future<Answer> poll, List<String> got) {
        var answer = Waiting.on(poll);
        got.addAll(answer.notes());
        return poll(person, "&after=" + answer.cursor());
    }
}
