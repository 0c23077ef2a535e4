package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.OwnBroker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.junit.jupiter.api.Test;

/** The settings file for a broker of its own says what the embedded one is set up with. */
class OwnBrokerTest {

    @Test
    void keepsQueuesAndMessagesAsTheEmbeddedOneDoes() throws Exception {
        // When
        var file = OwnBroker.settings();

        // Then
        var embedded = EmbeddedBrokerSettings.of(Path.of("unused"), 0, "unused");
        assertThat(journal(file)).isEqualTo(journal(embedded));
        for (var address : new String[] {"skelly.dead", "skelly.dead.mail", "elsewhere"}) {
            assertThat(inForce(file.getAddressSettings(), address))
                    .as(address)
                    .isEqualTo(inForce(embedded.getAddressSettings(), address));
        }
    }

    @Test
    void keepsWhatAWorkerCannotTakeAsTheEmbeddedOneDoes() throws Exception {
        // Given
        var file = OwnBroker.settings().getAddressSettings();

        // When
        var named = inForce(file, "skelly.work.welcome-mail");
        var other = inForce(file, "skelly.work.somebodys-own");

        // Then
        assertThat(named).isEqualTo(said(EmbeddedBrokerSettings.work("welcome-mail")));
        assertThat(other)
                .containsEntry("dead letters", "skelly.dead")
                .containsEntry("expired", "skelly.dead")
                .containsEntry("attempts", named.get("attempts"));
    }

    private static Map<String, String> journal(Configuration broker) {
        var said = new LinkedHashMap<String, String>();
        said.put("persistent", "" + broker.isPersistenceEnabled());
        said.put("journal", "" + broker.getJournalType());
        said.put("synced", "" + broker.isJournalDatasync());
        said.put("synced by transactions", "" + broker.isJournalSyncTransactional());
        said.put("synced by others", "" + broker.isJournalSyncNonTransactional());
        said.put("spare files", "" + broker.getJournalPoolFiles());
        said.put("ids remembered", broker.getIDCacheSize() + " " + broker.isPersistIDCache());
        said.put("free disk", "" + broker.getMinDiskFree());
        said.put("looks at itself", "" + broker.isCriticalAnalyzer());
        said.put("asks for passwords", "" + broker.isSecurityEnabled());
        return said;
    }

    private static Map<String, String> said(AddressSettings at) {
        var said = new LinkedHashMap<String, String>();
        said.put("creates", at.isAutoCreateAddresses() + " " + at.isAutoCreateQueues());
        said.put("deletes", at.isAutoDeleteAddresses() + " " + at.isAutoDeleteQueues());
        said.put("routes", at.getDefaultAddressRoutingType() + " " + at.getDefaultQueueRoutingType());
        said.put("full", at.getAddressFullMessagePolicy() + "");
        said.put("disk full", at.getPageLimitBytes() + " " + at.getPageFullMessagePolicy());
        said.put("ids remembered", "" + at.getIDCacheSize());
        said.put("attempts", "" + at.getMaxDeliveryAttempts());
        said.put("pauses", at.getRedeliveryDelay() + " x" + at.getRedeliveryMultiplier());
        said.put("longest pause", at.getMaxRedeliveryDelay() + " +-" + at.getRedeliveryCollisionAvoidanceFactor());
        said.put("dead letters", "" + at.getDeadLetterAddress());
        said.put("expired", "" + at.getExpiryAddress());
        said.put("keeps what has no queue", "" + at.isSendToDLAOnNoRoute());
        return said;
    }

    private static Map<String, String> inForce(Map<String, AddressSettings> settings, String address) {
        var repository = new HierarchicalObjectRepository<AddressSettings>();
        repository.setDefault(new AddressSettings());
        settings.forEach(repository::addMatch);
        return said(repository.getMatch(address));
    }
}
