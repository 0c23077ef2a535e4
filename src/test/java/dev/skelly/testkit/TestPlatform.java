package dev.skelly.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.command.CommandRegistry;
import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Feature;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Query;
import dev.skelly.feature.UserDirectory;
import dev.skelly.features.audit.AuditTable;
import dev.skelly.features.privacy.PrivacyFeature;
import dev.skelly.mail.MailSender;
import dev.skelly.stream.LocalLogSource;
import dev.skelly.stream.RemoteLogSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Installs features outside a node. Parts of the platform that a test does not set fail when they are used. */
public final class TestPlatform {

    /** The public address of the application. */
    public static final URI HOME = URI.create("http://127.0.0.1:8080");

    private static final Vertx VERTX = Vertx.vertx();

    private final CommandBus commands;
    private final @Nullable TestDatabase database;
    private NodeEnvironment environment = NodeEnvironment.of(new SimpleMeterRegistry());
    private EventTypeRegistry types = EventTypeRegistry.of(Map.of());
    private MailSender mail = letter -> Future.failedFuture("this test sends no mail");

    private TestPlatform(CommandBus commands, @Nullable TestDatabase database) {
        this.commands = commands;
        this.database = database;
    }

    /** Creates a platform whose features send nothing. */
    public static TestPlatform alone() {
        return new TestPlatform(new NoCommands(), null);
    }

    /** Creates a platform whose features send commands over this bus. */
    public static TestPlatform over(CommandBus commands) {
        return new TestPlatform(commands, null);
    }

    /** Creates a platform whose features send commands over this bus and read the log of a database. */
    public static TestPlatform over(CommandBus commands, TestDatabase database) {
        return new TestPlatform(commands, database);
    }

    /** Sets the clock; the default is that of the system. */
    @CanIgnoreReturnValue
    public TestPlatform at(Clock clock) {
        environment = environment.at(clock);
        return this;
    }

    /** Sets the event types; the default is none. */
    @CanIgnoreReturnValue
    public TestPlatform types(EventTypeRegistry all) {
        types = all;
        return this;
    }

    /** Sets what sends mails. */
    @CanIgnoreReturnValue
    public TestPlatform mail(MailSender sender) {
        mail = sender;
        return this;
    }

    /** Installs features, with the defaults of their settings. */
    public List<InstalledFeature> install(Feature... features) {
        var platform = platform();
        return Stream.of(features)
                .map(feature -> InstalledFeature.of(
                        feature, platform.with(feature.settings().orElse(null))))
                .toList();
    }

    /** Returns the commands and queries of features. */
    public CommandRegistry registry(Feature... features) {
        return new CommandRegistry(install(features));
    }

    private Platform platform() {
        return new Platform(
                database == null ? VERTX : database.vertx(),
                environment,
                commands,
                new CurrentEventTypes(types),
                log(),
                new AuditTable(environment.json(), environment.clock(), environment.ids()),
                UserDirectory.through(commands),
                mail,
                () -> HOME,
                WebClient.create(VERTX),
                null);
    }

    private LogSource log() {
        if (database == null) {
            return new RemoteLogSource(commands);
        }
        var pool = database.pool();
        return new LocalLogSource(new LogReader(pool), () -> CursorCodec.load(pool));
    }

    /** Creates the feature of privacy without a journal of erasures. */
    public static PrivacyFeature privacy(Optional<MasterKey> master) {
        return new PrivacyFeature(
                master, PrivacyConfig.DEFAULT, Path.of("none"), (commands, ids, accounts) -> Future.succeededFuture(0));
    }

    /** Returns the personal data that the feature of privacy erases. */
    public static PersonalData personalKeys(Optional<MasterKey> master) {
        return alone().install(privacy(master)).get(0).personalData().orElseThrow();
    }

    private record NoCommands() implements CommandBus {

        @Override
        public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
            return Future.failedFuture("this test sends no commands");
        }

        @Override
        public <R> Future<R> query(Query<R> query) {
            return Future.failedFuture("this test sends no queries");
        }
    }
}
