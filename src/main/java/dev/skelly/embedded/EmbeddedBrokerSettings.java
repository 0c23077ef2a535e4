package dev.skelly.embedded;

import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** Builds the settings of the embedded broker; its own defaults drop, delete or block messages that Skelly must keep. */
final class EmbeddedBrokerSettings {

    static final String WORK = "skelly.work.";
    static final String DEAD = "skelly.dead.";
    static final String ROLE = "skelly";

    private static final long MEGABYTE = 1024 * 1024;
    private static final long GIGABYTE = 1024 * MEGABYTE;
    private static final long MEMORY_BYTES_MAX = 64 * MEGABYTE; // Further messages wait on disk.
    private static final long PAGED_BYTES_MAX =
            2 * GIGABYTE; // Per queue; beyond it senders are rejected, and the checkpoint does not advance.
    private static final long DISK_FREE_BYTES_MIN = GIGABYTE;
    private static final int IDS_REMEMBERED = 20_000; // Far more than the relay has in flight.
    private static final int ATTEMPTS_MAX = 16; // A safety limit; the inbox counts attempts and gives up earlier.
    private static final long REDELIVERY_MILLIS = 1_000;
    private static final long REDELIVERY_MILLIS_MAX = 300_000;
    private static final int JOURNAL_FILES_SPARE = 10;

    private EmbeddedBrokerSettings() {}

    static Configuration of(Path folder, int port, String clusterPassword) throws Exception {
        var configuration = new ConfigurationImpl()
                .setName("skelly")
                .setClusterUser("nobody") // There is no cluster; the default login must not open one.
                .setClusterPassword(clusterPassword)
                .setJMXManagementEnabled(false)
                .setJMXNotificationEnabled(false)
                .setMessageCounterEnabled(false)
                .addAcceptorConfiguration(
                        "amqp",
                        "tcp://127.0.0.1:" + port + "?protocols=AMQP;saslMechanisms=PLAIN;handshake-timeout=10");
        configuration.setSuppressSessionNotifications(true);
        journal(configuration, folder);
        limits(configuration);
        addresses(configuration);
        return configuration;
    }

    private static void journal(Configuration configuration, Path folder) {
        configuration
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setJournalDirectory(folder.resolve("journal").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalPoolFiles(JOURNAL_FILES_SPARE)
                .setIDCacheSize(IDS_REMEMBERED)
                .setPersistIDCache(true);
    }

    private static void limits(Configuration configuration) {
        configuration
                .setGlobalMaxSize(MEMORY_BYTES_MAX)
                .setMinDiskFree(DISK_FREE_BYTES_MIN)
                .setCriticalAnalyzer(true)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.SHUTDOWN);
    }

    private static void addresses(Configuration configuration) {
        configuration.addAddressSetting(
                "#", kept().setAutoCreateAddresses(false).setAutoCreateQueues(false));
        configuration.addAddressSetting(WORK + "#", kept());
        configuration.addAddressSetting(DEAD + "#", kept());
        var rights = new Role(ROLE, true, true, true, false, false, false, false, true, true, false, false, false);
        configuration.putSecurityRoles(WORK + "#", Set.of(rights));
        configuration.putSecurityRoles(DEAD + "#", Set.of(rights));
    }

    /** Returns the settings of one worker's queue: as {@link #kept}, with an address for messages that cannot be processed. */
    static AddressSettings work(String worker) {
        var dead = SimpleString.of(DEAD + worker);
        return kept().setDeadLetterAddress(dead)
                .setExpiryAddress(dead)
                .setSendToDLAOnNoRoute(true)
                .setMaxDeliveryAttempts(ATTEMPTS_MAX);
    }

    /* Attempts are unlimited, because without a dead letter address the last attempt would delete the message. */
    private static AddressSettings kept() {
        return new AddressSettings()
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageLimitBytes(PAGED_BYTES_MAX)
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
                .setIDCacheSize(IDS_REMEMBERED)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(REDELIVERY_MILLIS)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(REDELIVERY_MILLIS_MAX)
                .setRedeliveryCollisionAvoidanceFactor(0.15);
    }
}
