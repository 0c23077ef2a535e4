package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Load that a node carries is counted whole, and what it refuses is told. */
final class LoadIT {

    private static final WholeNode NODE =
            WholeNode.start(Map.of("ratelimit.enabled", "false", "stream.connections-per-user", "12"));

    private final Vertx vertx = Vertx.vertx();
    private final List<String> lines = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeClient() {
        Waiting.on(vertx.close());
        assertThat(failures).isEmpty();
    }

    @AfterAll
    static void close() {
        NODE.close();
    }

    private int run(String email, LoadRun.LoadPlan plan) throws InterruptedException {
        NODE.register(email);
        var login = LoadRun.LoadLogin.byPassword(email, WholeNode.PASSWORD);
        vertx.exceptionHandler(failures::add);
        return new LoadRun(vertx, RemoteNode.of(NODE.url()).orElseThrow(), login, plan).run(lines::add);
    }

    @Test
    void everyStreamGetsEveryEventOnce() throws InterruptedException {
        // When
        var code = run("load@example.org", new LoadRun.LoadPlan(8, 50, 20, Duration.ofSeconds(2)));

        // Then
        assertThat(code).as(lines.toString()).isEqualTo(Program.OK);
        assertThat(lines.get(0)).isEqualTo("streams: 8 of 8 live");
        assertThat(lines.get(1)).isEqualTo("emitted: 100");
        assertThat(lines.get(2)).startsWith("delivered: 800, ");
        assertThat(lines.get(3)).matches("latency: p50 [0-9.]+ ms, p95 [0-9.]+ ms, p99 [0-9.]+ ms, max [0-9.]+ ms");
        assertThat(lines.get(4)).isEqualTo("lost: 0, doubled: 0, reconnects: 0");
    }

    @Test
    void streamsThatTheNodeRefusesAreTold() throws InterruptedException {
        // When
        var code = run("many@example.org", new LoadRun.LoadPlan(14, 5, 20, Duration.ofSeconds(1)));

        // Then
        assertThat(code).isEqualTo(Program.FAILURE);
        assertThat(lines.get(0)).startsWith("streams: 12 of 14 live, refused: {");
        assertThat(lines.get(4)).startsWith("lost: 0,");
    }

    @Test
    void aWrongPasswordIsNoLoad() throws InterruptedException {
        var login = LoadRun.LoadLogin.byPassword("stranger@example.org", "wrong password");
        var plan = new LoadRun.LoadPlan(1, 1, 1, Duration.ofSeconds(1));

        var code = new LoadRun(vertx, RemoteNode.of(NODE.url()).orElseThrow(), login, plan).run(lines::add);

        assertThat(code).isEqualTo(Program.UNHEALTHY);
        assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("no login at "));
    }
}
