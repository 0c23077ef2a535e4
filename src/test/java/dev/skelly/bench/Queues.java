package dev.skelly.bench;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What graphile-worker and pg-boss do on the same database server with handlers of the same effect. Each is one Node process with the settings
 * that its own pages recommend for throughput; the scripts are in {@code scripts/bench-queues}, installed by {@code scripts/bench}. A handler of
 * pg-boss gets a batch of jobs: once it updates a row for each job, and once it makes one update of them.
 */
final class Queues {

    private static final Path SCRIPTS = Path.of("target", "bench-queues").toAbsolutePath();
    private static final long MINUTES_MAX = 10;

    private final WorkNode node;
    private final int jobs;

    Queues(WorkNode node, int jobs) {
        this.node = node;
        this.jobs = jobs;
    }

    /**
     * Measures all.
     *
     * @param ours effects a second of Skelly in the same run, for the ratios; NaN if they were not measured
     */
    void measure(Figures figures, double ours) throws Exception {
        measure(figures, ours, "graphileWorker", "graphile-worker.js", Map.of());
        measure(figures, ours, "pgBoss", "pg-boss.js", Map.of());
        measure(figures, ours, "pgBossMerged", "pg-boss.js", Map.of("BENCH_MERGED", "yes"));
    }

    private void measure(Figures figures, double ours, String name, String script, Map<String, String> settings)
            throws Exception {
        var before = node.effects();
        var rate = run(script, settings);
        if (node.effects() - before < jobs) {
            throw new IllegalStateException(name + " had " + (node.effects() - before) + " effects (expected: " + jobs
                    + " and those of its warm-up)");
        }
        figures.show(name + "EffectsPerSecond", rate);
        if (!Double.isNaN(ours)) {
            figures.show("backlogPer" + Character.toUpperCase(name.charAt(0)) + name.substring(1), ours / rate);
        }
    }

    private double run(String script, Map<String, String> settings) throws Exception {
        var at = node.database();
        var output = node.folder().resolve(script + ".out");
        var builder = new ProcessBuilder("node", script)
                .directory(SCRIPTS.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(settings);
        builder.environment().put("BENCH_JOBS", Integer.toString(jobs));
        builder.environment()
                .put(
                        "DATABASE_URL",
                        "postgresql://" + at.user() + ":" + at.password() + "@" + at.host() + ":" + at.port() + "/"
                                + at.database());
        var process = builder.start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(script + " does not end well:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return new JsonObject(Files.readString(output)).getDouble("perSecond");
    }
}
