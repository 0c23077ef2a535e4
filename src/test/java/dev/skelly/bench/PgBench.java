package dev.skelly.bench;

import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.RunningPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What PostgreSQL itself does with single-row inserts of the same data, by its own {@code pgbench}, in the same server. */
final class PgBench {

    private static final String TABLE = """
            create table if not exists bench_event (
              seq bigint generated always as identity primary key,
              id uuid not null, type text not null, subject text not null, time timestamptz not null, data jsonb not null
            )
            """;
    private static final String INSERT = """
            insert into bench_event (id, type, subject, time, data)
            values (gen_random_uuid(), 'ui.clicked', 'user:1', now(), '{"page":"/shop","element":"buy"}');
            """;

    private PgBench() {}

    /**
     * Inserts a second with {@code clients} connections, each insert its own commit.
     *
     * @param folder the node's data folder
     * @return empty where there is no {@code pgbench}
     */
    static OptionalDouble insertsPerSecond(Path folder, int clients, Duration time) throws Exception {
        var at = RunningPostgres.over(folder).orElseThrow();
        try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        var script = Files.writeString(folder.resolve("bench.sql"), INSERT);
        try {
            return run(command(at, script, clients, time), at.password(), time);
        } catch (IOException e) {
            System.err.println("pgbench is not there; install it (Debian: postgresql-contrib) for the comparison");
            return OptionalDouble.empty();
        } finally {
            Files.delete(script);
        }
    }

    private static List<String> command(DatabaseAddress at, Path script, int clients, Duration time) {
        var words = "pgbench -n -M prepared -j 1 -c " + clients + " -T " + time.toSeconds() + " -h " + at.host()
                + " -p " + at.port() + " -U " + at.user() + " -f";
        return Stream.concat(Stream.of(words.split(" ", -1)), Stream.of(script.toString(), at.database()))
                .toList();
    }

    private static OptionalDouble run(List<String> command, String password, Duration time) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(time.toSeconds() + 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("pgbench does not end");
        }
        return said.lines()
                .filter(line -> line.startsWith("tps = "))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("tps = ([0-9.]+).*", "$1")))
                .findFirst();
    }
}
