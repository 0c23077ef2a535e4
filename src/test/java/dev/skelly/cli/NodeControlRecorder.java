package dev.skelly.cli;

import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.RotateSigningKey;
import dev.skelly.config.SecretValue;
import dev.skelly.config.Settings;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.sandbox.SandboxReport;
import dev.skelly.sandbox.SandboxRequest;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Binds a few settings, writes down what it is asked for and has no database. */
record NodeControlRecorder(List<String> asked) implements NodeControl {

    private record Http(String host, int port) {}

    private record Login(SecretValue password) {}

    @Override
    public void check(Settings settings) {
        var http = settings.bind("http", new Http("127.0.0.1", 8080));
        var login = settings.bind("db", new Login(SecretValue.NONE));
        asked.add(http.host() + login);
        settings.check();
    }

    @Override
    public DatabasePlace database(Settings settings) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Starting serve(Settings settings) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Future<List<String>> checkEvents(Settings settings) {
        asked.add("events check");
        return Future.succeededFuture(List.of("lamp.lit"));
    }

    @Override
    public Future<List<UndeclaredTypeTable.UndeclaredType>> undeclaredTypes(Settings settings) {
        return Future.failedFuture("no database");
    }

    @Override
    public Future<Integer> migrate(Settings settings) {
        return Future.failedFuture(new IllegalStateException("no database", new IOException("connection refused")));
    }

    @Override
    public <S, T> Future<T> with(Settings settings, Class<S> type, Function<S, Future<T>> act) {
        return act.apply(type.cast(new Guests(asked)));
    }

    @Override
    public Future<List<ListSigningKeys.SigningKey>> signingKeys(Settings settings) {
        return Future.succeededFuture(
                List.of(new ListSigningKeys.SigningKey("k1", Instant.parse("2026-11-23T12:00:00Z"), null, true)));
    }

    @Override
    public Future<RotateSigningKey.NewSigningKey> rotateSigningKey(Settings settings) {
        return Future.failedFuture("not asked for");
    }

    @Override
    public Future<VerificationReport> verifyLog(Settings settings, long from, long to, Optional<Path> sealFile) {
        asked.add(from + " " + (to == Long.MAX_VALUE) + " " + sealFile.isPresent());
        return Future.succeededFuture(new VerificationReport(
                from,
                6,
                6,
                1,
                Optional.of(new VerificationReport.Break(7, "is missing")).filter(at -> from == 1)));
    }

    @Override
    public Future<Optional<ChainCheckpoint>> sealLog(Settings settings) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Integer> rotateMaster(Settings settings) {
        return Future.succeededFuture(3);
    }

    @Override
    public Future<SandboxReport> prepareSandbox(Settings settings, SandboxRequest request) {
        asked.add(request.toString());
        return Future.succeededFuture(new SandboxReport(request.folder().resolve("skelly.yaml"), 7, 6));
    }

    @Override
    public RunningServices services(Settings settings, Set<Service> which) {
        throw new IllegalStateException("not asked for");
    }
}
