package dev.skelly.node;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.RightsConfig;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.broker.BrokerConfig;
import dev.skelly.checkpoint.CheckpointConfig;
import dev.skelly.cluster.ClusterConfig;
import dev.skelly.config.InvalidSettings;
import dev.skelly.config.Settings;
import dev.skelly.crypto.MasterKeyConfig;
import dev.skelly.crypto.MasterKeySource;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.features.events.EventsConfig;
import dev.skelly.features.settings.SharedSettings;
import dev.skelly.http.HttpConfig;
import dev.skelly.idempotency.IdempotencyConfig;
import dev.skelly.mail.MailConfig;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.relay.RelayConfig;
import dev.skelly.stream.StreamConfig;
import dev.skelly.worker.WorkerConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All settings of a node, one record for each group.
 *
 * @param roles the roles of the node
 * @param data its data folder
 * @param start limits of the start
 * @param shutdown limits of the shutdown
 * @param embedded the embedded servers
 * @param database address of the database
 * @param db connections to the database
 * @param brokerLogin address of the broker
 * @param broker connections to the broker
 * @param administrator the administrator made at the first start
 * @param shared the settings that all nodes share, as they are shown, by key
 */
public record NodeConfig(
        NodeSettings.Roles roles,
        NodeSettings.Folder data,
        NodeSettings.Start start,
        NodeSettings.Shutdown shutdown,
        NodeSettings.Embedded embedded,
        NodeSettings.Database database,
        DatabaseConfig db,
        NodeSettings.Broker brokerLogin,
        BrokerConfig broker,
        NodeSettings.Administrator administrator,
        ClusterConfig cluster,
        HttpConfig http,
        SecurityConfig security,
        RightsConfig rights,
        RateLimitConfig rateLimit,
        LoginLimitsConfig signIn,
        IdempotencyConfig idempotency,
        AuthConfig auth,
        MailConfig mail,
        RelayConfig relay,
        WorkerConfig work,
        StreamConfig stream,
        CheckpointConfig proof,
        PrivacyConfig privacy,
        MasterKeyConfig masterKey,
        EventsConfig events,
        Map<String, String> shared) {

    private static final Set<NodeRole> WITH_DATABASE = Set.of(NodeRole.PERSISTENCE, NodeRole.RELAY, NodeRole.WORK);
    private static final Set<NodeRole> WITH_BROKER = Set.of(NodeRole.RELAY, NodeRole.WORK);

    /**
     * Binds every record. The caller binds its own ({@code log}) and then calls {@link Settings#check} for the errors.
     *
     * @throws InvalidSettings never; {@code settings} collects the errors
     */
    public static NodeConfig read(Settings settings) {
        var config = new NodeConfig(
                settings.bind("", NodeSettings.Roles.DEFAULT),
                settings.bind("data", NodeSettings.Folder.DEFAULT),
                settings.bind("start", NodeSettings.Start.DEFAULT),
                settings.bind("shutdown", NodeSettings.Shutdown.DEFAULT),
                settings.bind("embedded", NodeSettings.Embedded.DEFAULT),
                settings.bind("db", NodeSettings.Database.DEFAULT),
                settings.bind("db", DatabaseConfig.DEFAULT),
                settings.bind("broker", NodeSettings.Broker.DEFAULT),
                settings.bind("broker", BrokerConfig.DEFAULT),
                settings.bind("admin", NodeSettings.Administrator.DEFAULT),
                settings.bind("cluster", ClusterConfig.DEFAULT),
                settings.bind("http", HttpConfig.DEFAULT),
                settings.bind("security", SecurityConfig.DEFAULT),
                settings.bind("rights", RightsConfig.DEFAULT),
                settings.bind("ratelimit", RateLimitConfig.DEFAULT),
                settings.bind("sign-in", LoginLimitsConfig.DEFAULT),
                settings.bind("idempotency", IdempotencyConfig.DEFAULT),
                settings.bind("auth", AuthConfig.DEFAULT),
                settings.bind("mail", MailConfig.DEFAULT),
                settings.bind("relay", RelayConfig.DEFAULT),
                settings.bind("work", WorkerConfig.DEFAULT),
                settings.bind("stream", StreamConfig.DEFAULT),
                settings.bind("proof", CheckpointConfig.DEFAULT),
                settings.bind("privacy", PrivacyConfig.DEFAULT),
                settings.bind("security", MasterKeyConfig.DEFAULT),
                settings.bind("events", EventsConfig.DEFAULT),
                SharedSettings.of(settings.values()));
        settings.refuse(config.administrator().faults());
        return config;
    }

    public boolean has(NodeRole role) {
        return roles.roles().contains(role);
    }

    /** Whether the node holds database connections. */
    boolean needsDatabase() {
        return WITH_DATABASE.stream().anyMatch(this::has);
    }

    /** Whether the node holds broker connections. */
    boolean needsBroker() {
        return WITH_BROKER.stream().anyMatch(this::has);
    }

    /**
     * Copies these settings for a node that runs one command and ends. It serves no other node, and works beside a node that runs over the
     * same data folder, in its database.
     */
    public NodeConfig forOneCommand() {
        return with(
                new NodeSettings.Roles(Set.of(NodeRole.PERSISTENCE)),
                database.orRunningOver(data.dir()),
                ClusterConfig.DEFAULT,
                security);
    }

    /** Copies these settings with the master key from its source; throws {@link InvalidSettings} if it is missing. Blocks. */
    NodeConfig withMasterKey() {
        try {
            return needsDatabase()
                    ? with(roles, database, cluster, masterKeySource().complete(security))
                    : this;
        } catch (IllegalArgumentException fault) {
            throw new InvalidSettings(List.of(String.valueOf(fault.getMessage())));
        }
    }

    /** Returns the source of the master key. */
    MasterKeySource masterKeySource() {
        return new MasterKeySource(masterKey, data.dir(), database.address().isEmpty());
    }

    private NodeConfig with(
            NodeSettings.Roles roles, NodeSettings.Database database, ClusterConfig cluster, SecurityConfig security) {
        return new NodeConfig(
                roles,
                data,
                start,
                shutdown,
                embedded,
                database,
                db,
                brokerLogin,
                broker,
                administrator,
                cluster,
                http,
                security,
                rights,
                rateLimit,
                signIn,
                idempotency,
                auth,
                mail,
                relay,
                work,
                stream,
                proof,
                privacy,
                masterKey,
                events,
                shared);
    }
}
