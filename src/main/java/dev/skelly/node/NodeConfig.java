package dev.skelly.node;

import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.RightsConfig;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.broker.BrokerConfig;
import dev.skelly.checkpoint.CheckpointConfig;
import dev.skelly.cluster.ClusterConfig;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.RuntimeSettings;
import dev.skelly.config.Settings;
import dev.skelly.config.SharedSettings;
import dev.skelly.crypto.MasterKeyConfig;
import dev.skelly.crypto.MasterKeySource;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.declaration.DeclarationWatchConfig;
import dev.skelly.feature.Feature;
import dev.skelly.health.MetricsConfig;
import dev.skelly.http.HttpConfig;
import dev.skelly.http.PagesConfig;
import dev.skelly.idempotency.IdempotencyConfig;
import dev.skelly.mail.MailConfig;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.relay.RelayConfig;
import dev.skelly.sandbox.SandboxConfig;
import dev.skelly.stream.PresenceConfig;
import dev.skelly.stream.StreamConfig;
import dev.skelly.worker.WorkerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * All settings: one record for each group, which belongs to the part that uses it.
 *
 * @param parts the records, by their classes
 * @param shared the settings that all nodes share, by key, as they are shown
 * @param features the features of other jars, with their settings
 * @param runtime the settings that may change while nodes run
 */
public record NodeConfig(
        Map<Class<? extends Record>, Record> parts,
        Map<String, String> shared,
        MoreFeatures features,
        RuntimeSettings runtime) {

    /**
     * Features besides those of this program.
     *
     * @param settings of the features that have some, by name
     */
    public record MoreFeatures(List<Feature> list, Map<String, Record> settings) {

        /** Copies the collections. */
        public MoreFeatures {
            list = List.copyOf(list);
            settings = Map.copyOf(settings);
        }
    }

    private static final Map<String, Record> SERVED =
            new TreeMap<>(Map.of("web", PagesConfig.DEFAULT, "metrics", MetricsConfig.DEFAULT));

    /** Copies the map. */
    public NodeConfig {
        parts = Map.copyOf(parts);
    }

    /**
     * Binds every record. The caller binds its own ({@code log}) and then calls {@link Settings#check} for the errors.
     *
     * @throws InvalidSettingsException never; {@code settings} collects the errors
     */
    public static NodeConfig read(Settings settings) {
        return read(settings, List.of());
    }

    /**
     * Binds every record of a node with more features.
     *
     * @param more features besides those of this program and of its folder
     */
    public static NodeConfig read(Settings settings, List<Feature> more) {
        var parts = new HashMap<Class<? extends Record>, Record>();
        parts.put(NodeSettings.Roles.class, settings.bind("", NodeSettings.Roles.DEFAULT));
        parts.put(NodeSettings.Folder.class, settings.bind("data", NodeSettings.Folder.DEFAULT));
        parts.put(NodeSettings.Start.class, settings.bind("start", NodeSettings.Start.DEFAULT));
        parts.put(NodeSettings.Shutdown.class, settings.bind("shutdown", NodeSettings.Shutdown.DEFAULT));
        parts.put(NodeSettings.Embedded.class, settings.bind("embedded", NodeSettings.Embedded.DEFAULT));
        parts.put(NodeSettings.Database.class, settings.bind("db", NodeSettings.Database.DEFAULT));
        parts.put(DatabaseConfig.class, settings.bind("db", DatabaseConfig.DEFAULT));
        parts.put(NodeSettings.Broker.class, settings.bind("broker", NodeSettings.Broker.DEFAULT));
        parts.put(BrokerConfig.class, settings.bind("broker", BrokerConfig.DEFAULT));
        parts.put(NodeSettings.Administrator.class, settings.bind("admin", NodeSettings.Administrator.DEFAULT));
        parts.put(ClusterConfig.class, settings.bind("cluster", ClusterConfig.DEFAULT));
        parts.put(HttpConfig.class, settings.bind("http", HttpConfig.DEFAULT));
        parts.put(PresenceConfig.class, settings.bind("presence", PresenceConfig.DEFAULT));
        SERVED.forEach((group, part) -> parts.put(part.getClass(), settings.bind(group, part)));
        parts.put(SecurityConfig.class, settings.bind("security", SecurityConfig.DEFAULT));
        parts.put(RightsConfig.class, settings.bind("rights", RightsConfig.DEFAULT));
        parts.put(RateLimitConfig.class, settings.bind("ratelimit", RateLimitConfig.DEFAULT));
        parts.put(LoginLimitsConfig.class, settings.bind("sign-in", LoginLimitsConfig.DEFAULT));
        parts.put(IdempotencyConfig.class, settings.bind("idempotency", IdempotencyConfig.DEFAULT));
        parts.put(AuthConfig.class, settings.bind("auth", AuthConfig.DEFAULT));
        parts.put(AccountLimitsConfig.class, settings.bind("auth", AccountLimitsConfig.DEFAULT));
        parts.put(MailConfig.class, settings.bind("mail", MailConfig.DEFAULT));
        parts.put(RelayConfig.class, settings.bind("relay", RelayConfig.DEFAULT));
        parts.put(WorkerConfig.class, settings.bind("work", WorkerConfig.DEFAULT));
        parts.put(StreamConfig.class, settings.bind("stream", StreamConfig.DEFAULT));
        parts.put(CheckpointConfig.class, settings.bind("proof", CheckpointConfig.DEFAULT));
        parts.put(PrivacyConfig.class, settings.bind("privacy", PrivacyConfig.DEFAULT));
        parts.put(MasterKeyConfig.class, settings.bind("security", MasterKeyConfig.DEFAULT));
        Features.settings().forEach((group, part) -> parts.put(part.getClass(), settings.bind(group, part)));
        parts.put(SandboxConfig.class, SandboxConfig.bind(settings));
        parts.put(DeclarationWatchConfig.class, settings.bind("events", DeclarationWatchConfig.DEFAULT));
        var choice = settings.bind("features", NodeSettings.FeatureChoice.DEFAULT);
        parts.put(NodeSettings.FeatureChoice.class, choice);
        var features = features(settings, choice, more);
        var config = new NodeConfig(parts, SharedSettings.of(settings.values()), features, RuntimeConfig.of(settings));
        settings.refuse(config.administrator().faults());
        return config;
    }

    /* Jars stay open as long as the process runs: a feature may load a class at any time. */
    private static MoreFeatures features(Settings settings, NodeSettings.FeatureChoice choice, List<Feature> more) {
        var all = new ArrayList<>(more);
        try {
            all.addAll(FeatureJars.load(choice.dir(), Features.NAMES).features());
        } catch (InvalidSettingsException broken) {
            settings.refuse(broken.faults());
        }
        settings.refuse(Features.faults(choice.off(), all));
        all.removeIf(feature -> choice.off().contains(feature.name()));
        var values = new HashMap<String, Record>();
        all.forEach(feature -> feature.settings()
                .ifPresent(
                        defaults -> values.put(feature.name(), settings.bind("features." + feature.name(), defaults))));
        return new MoreFeatures(all, values);
    }

    public boolean has(NodeRole role) {
        return roles().roles().contains(role);
    }

    /** Whether the node holds database connections. */
    boolean needsDatabase() {
        return has(NodeRole.PERSISTENCE) || needsBroker();
    }

    /** Whether the node holds broker connections. */
    boolean needsBroker() {
        return has(NodeRole.RELAY) || has(NodeRole.WORK);
    }

    /**
     * Copies these settings for a node that runs one command and ends. It serves no other node, and works beside a node that runs over the
     * same data folder, in its database.
     */
    public NodeConfig forOneCommand() {
        return with(new NodeSettings.Roles(Set.of(NodeRole.PERSISTENCE)))
                .with(database().orRunningOver(data().dir()))
                .with(ClusterConfig.DEFAULT);
    }

    /** Copies these settings with the master key from its source; throws {@link InvalidSettingsException} if it is missing. Blocks. */
    NodeConfig withMasterKey() {
        try {
            return needsDatabase()
                    ? with(security()
                            .withMasterKey(masterKeySource().complete(security().masterKey())))
                    : this;
        } catch (IllegalArgumentException fault) {
            throw new InvalidSettingsException(List.of(String.valueOf(fault.getMessage())));
        }
    }

    /** Returns the source of the master key. */
    MasterKeySource masterKeySource() {
        return new MasterKeySource(
                masterKey(), data().dir(), database().address().isEmpty());
    }

    private NodeConfig with(Record part) {
        var others = new HashMap<>(parts);
        others.put(part.getClass(), part);
        return new NodeConfig(others, shared, features, runtime);
    }

    /** Returns the record of a class that is bound. */
    <T extends Record> T part(Class<T> type) {
        return type.cast(Objects.requireNonNull(parts.get(type)));
    }

    public NodeSettings.Roles roles() {
        return part(NodeSettings.Roles.class);
    }

    public NodeSettings.Folder data() {
        return part(NodeSettings.Folder.class);
    }

    public NodeSettings.Start start() {
        return part(NodeSettings.Start.class);
    }

    public NodeSettings.Shutdown shutdown() {
        return part(NodeSettings.Shutdown.class);
    }

    public NodeSettings.Embedded embedded() {
        return part(NodeSettings.Embedded.class);
    }

    public NodeSettings.Database database() {
        return part(NodeSettings.Database.class);
    }

    public DatabaseConfig db() {
        return part(DatabaseConfig.class);
    }

    public NodeSettings.Broker brokerLogin() {
        return part(NodeSettings.Broker.class);
    }

    public BrokerConfig broker() {
        return part(BrokerConfig.class);
    }

    public NodeSettings.Administrator administrator() {
        return part(NodeSettings.Administrator.class);
    }

    public ClusterConfig cluster() {
        return part(ClusterConfig.class);
    }

    public HttpConfig http() {
        return part(HttpConfig.class);
    }

    public SecurityConfig security() {
        return part(SecurityConfig.class);
    }

    public RightsConfig rights() {
        return part(RightsConfig.class);
    }

    public RateLimitConfig rateLimit() {
        return part(RateLimitConfig.class);
    }

    public LoginLimitsConfig signIn() {
        return part(LoginLimitsConfig.class);
    }

    public IdempotencyConfig idempotency() {
        return part(IdempotencyConfig.class);
    }

    public AuthConfig auth() {
        return part(AuthConfig.class);
    }

    public MailConfig mail() {
        return part(MailConfig.class);
    }

    public RelayConfig relay() {
        return part(RelayConfig.class);
    }

    public WorkerConfig work() {
        return part(WorkerConfig.class);
    }

    public StreamConfig stream() {
        return part(StreamConfig.class);
    }

    public CheckpointConfig proof() {
        return part(CheckpointConfig.class);
    }

    public PrivacyConfig privacy() {
        return part(PrivacyConfig.class);
    }

    public MasterKeyConfig masterKey() {
        return part(MasterKeyConfig.class);
    }
}
