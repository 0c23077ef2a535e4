package dev.skelly.features.transfer;

import static dev.skelly.testkit.FeatureFixture.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.FieldEncryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.ParcelEvent;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LogTransfer;
import dev.skelly.feature.Platform;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.LaterCommands;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A log of parcels with a program of its own, which exports and imports. */
final class ParcelLog {

    static final UUID ADA = new UUID(0, 7);

    final FeatureFixture fixture;
    private final LogTransfer transfer;

    ParcelLog(String masters, Feature feature) {
        var master = MasterKey.configured(masters);
        fixture = new FeatureFixture(
                TestDatabase.fresh("audit", "privacy"),
                new MovableClock(Instant.parse("2026-11-23T12:00:00Z")),
                new FieldEncryptor(master, Json.mapper()),
                letter -> Future.failedFuture("no mail"),
                new AuditFeature(),
                TestPlatform.privacy(master),
                feature,
                new TransferFeature(
                        new FieldDecryptor(new LaterCommands(this::commands), PrivacyConfig.DEFAULT, Json.mapper()),
                        master));
        transfer = fixture.service(LogTransfer.class);
    }

    private CommandBus commands() {
        return fixture;
    }

    List<ObjectNode> export(boolean open) {
        fixture.execute("select count(*) from stamp_events(0, 0, 10000, 100000000)");
        var lines = new ArrayList<String>();
        var query = new LogTransfer.ExportQuery("earliest", List.of(), Long.MAX_VALUE, open, false);
        await(transfer.export(query, lines::add));
        return lines.stream().map(ParcelLog::parsed).toList();
    }

    LogTransfer.ImportResult take(List<ObjectNode> lines) {
        var bytes = lines.stream()
                .map(line -> line.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
        var batches = List.of(bytes, List.<byte[]>of()).iterator();
        return await(transfer.importAll(batches::next));
    }

    private static ObjectNode parsed(String line) {
        try {
            return (ObjectNode) Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    record SendParcel(int grams) implements Command<Void> {}

    /** What the program declares: parcels, posts or nothing. */
    record Declared(List<Class<? extends Event>> events, List<Upcast> upcasts) implements Feature {

        static final Feature PARCELS = new Declared(List.of(ParcelEvent.class), List.of());
        static final Feature POSTS = new Declared(List.of(PostEvent.class), List.of(PostEvent.upcast()));
        static final Feature NOTHING = new Declared(List.of(), List.of());

        @Override
        public String name() {
            return "parcels";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command(
                    "parcels.send",
                    SendParcel.class,
                    (tx, command) -> tx.append(new ParcelEvent.Sent(ADA, command.grams(), "Elm Street 1", null))
                            .compose(sent -> tx.append(new ParcelEvent.Scanned(ADA, "1", "Elmira"))));
        }
    }
}
