package dev.skelly.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.event.Json;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Somebody who calls: nobody, a person, or an administrator, with a new account, a connection and an address of their own. */
final class Session {

    private static final int REFUSALS_MAX = 4;
    /* No worker of ours gives up as quickly as it would have to. */
    private static final String DEAD_LETTER = """
            with done as (
              delete from work_done
              where (worker, position) = (
                select worker, position from work_done order by position desc limit 1 for update skip locked)
              returning worker, position),
            dead as (
              select n.worker, event.id as event, event.type, event.subject
              from done
              join worker_number n on n.number = done.worker
              join event using (position))
            insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at)
            select gen_random_uuid(), worker, event, type, subject, 'open', '[]', now(), now()
            from dead
            on conflict do nothing
            """;

    private static final Pattern REFRESH = Pattern.compile("^(?:__Host-|__Secure-)?refresh=([^;]+)");
    private static final AtomicLong NUMBERS = new AtomicLong(); // Accounts of sessions that are run again are others.

    /** A fault and the calls up to it. */
    record Finding(String fault, List<Call> calls) {

        /** What has to come again for it to be the same. */
        String kind() {
            var last = calls.get(calls.size() - 1);
            var where =
                    last.operation() == null ? "elsewhere" : last.operation().name();
            return where + " " + fault.split(":", 2)[0];
        }
    }

    private final Author author;
    private final Judge judge;
    private final String url;
    private final TestDatabase database;
    private final Letters letters;
    private final BiConsumer<Call, Wire.Answer> heard;

    Session(
            Author author,
            Judge judge,
            String url,
            TestDatabase database,
            Letters letters,
            BiConsumer<Call, Wire.Answer> heard) {
        this.author = author;
        this.judge = judge;
        this.url = url;
        this.database = database;
        this.letters = letters;
        this.heard = heard;
    }

    /** Carries out the calls of these seeds until one is answered wrongly. */
    Optional<Finding> run(long seed, List<Long> seeds) {
        var pool = new Pool();
        var calls = new ArrayList<Call>();
        var who = new Random(seed).nextInt(10);
        var strangers = REFUSALS_MAX;
        List<String> always = List.of();
        try (var wire = new Wire(url)) {
            for (var step : seeds) {
                if (strangers >= REFUSALS_MAX) { // It has lost its rights, as by signing out: somebody else goes on.
                    always = enter(wire, pool, who);
                    strangers = 0;
                }
                var call = author.call(step, pool, always);
                calls.add(call);
                var answer = wire.exchange(call.method(), call.bytes());
                heard.accept(call, answer);
                learn(pool, call, answer);
                var fault = judge.fault(call, answer);
                if (fault.isPresent()) {
                    return Optional.of(new Finding(fault.get(), calls));
                }
                strangers = answer.status() == 401 && who >= 2 ? strangers + 1 : 0;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Finding("no answer: " + e, calls));
        }
    }

    /* What each call carries from now on. */
    private List<String> enter(Wire wire, Pool pool, int who) throws IOException {
        var number = NUMBERS.incrementAndGet();
        var always = List.of(
                "Host: " + wire.authority(),
                "X-Forwarded-For: 10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255));
        if (who >= 2) {
            register(wire, always, pool, number, who < 6);
        }
        letters.tokens().forEach(token -> pool.learn("token", token));
        return always;
    }

    private void register(Wire wire, List<String> always, Pool pool, long number, boolean admin) throws IOException {
        var person = Map.of("email", "fuzz" + number + "@example.org", "password", WholeNode.PASSWORD);
        pool.learn("email", person.getOrDefault("email", ""));
        learn(pool, post(wire, always, "/api/auth/register", person));
        if (admin) {
            database.execute(
                    "update account set roles = '{admin,user}' where email_key = 'fuzz" + number + "@example.org'");
            database.execute(DEAD_LETTER);
        }
        learn(pool, post(wire, always, "/api/auth/login", person));
    }

    private static Wire.Answer post(Wire wire, List<String> always, String path, Map<String, String> body)
            throws IOException {
        var headers = new ArrayList<>(always);
        headers.add("Content-Type: application/json");
        var call = new Call(
                "POST", path, headers, Buffer.buffer(Json.mapper().writeValueAsBytes(body)), null, false, List.of());
        var answer = wire.exchange("POST", call.bytes());
        if (answer.status() >= 300) {
            throw new IOException(path + " of the session itself: " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    /* Of answers to calls that were right: strange ones have strange names, and documents of the whole API are no news. */
    private static void learn(Pool pool, Call call, Wire.Answer answer) {
        if (answer.status() < 300 && call.target().startsWith("/api/")) {
            learn(pool, answer);
            var read = !call.method().equals("HEAD") && answer.mediaType().equals("application/json");
            if (call.operation() != null && read) {
                var items = new JsonObject(answer.text()).getJsonArray("items", new JsonArray());
                items.stream()
                        .map(item -> item instanceof JsonObject one ? one.getValue("id") : null)
                        .forEach(id ->
                                pool.learn(Pool.idOf(call.operation().path()), id instanceof String text ? text : ""));
            }
        }
    }

    private static void learn(Pool pool, Wire.Answer answer) {
        answer.header("etag").ifPresent(tag -> pool.learn("etag", tag));
        answer.headers().getOrDefault("set-cookie", List.of()).forEach(cookie -> {
            var token = REFRESH.matcher(cookie);
            if (token.find()) {
                pool.learn("refreshToken", token.group(1));
            }
        });
        answer.header("skelly-position").ifPresent(cursor -> pool.learn("cursor", cursor));
        if (answer.mediaType().equals("application/json")) {
            try {
                pool.learn("", Json.mapper().readTree(answer.text()));
            } catch (JsonProcessingException e) {
                pool.learn("broken", "yes"); // The judge says it better.
            }
        } else if (answer.mediaType().equals("text/event-stream")) {
            answer.text()
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .forEach(line -> pool.learn("cursor", line.substring(4)));
        }
    }
}
