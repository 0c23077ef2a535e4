package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.junit.jupiter.api.Test;

/** The settings file for a broker of its own says what the embedded one is set up with. */
class OwnBrokerTest {

    @Test
    void keepsQueuesAndMessagesAsTheEmbeddedOneDoes() throws Exception {
        // Given
        var file = new FileConfiguration();
        var uri = Path.of("docker", "broker", "broker.xml").toUri().toString();

        // When
        new FileDeploymentManager(uri).addDeployable(file).readConfiguration();

        // Then
        var embedded = BrokerSettings.of(Path.of("unused"), 0, "unused");
        assertThat(file.isJournalSyncNonTransactional()).isEqualTo(embedded.isJournalSyncNonTransactional());
        assertThat(file.isPersistIDCache()).isEqualTo(embedded.isPersistIDCache());
        assertThat(file.getMinDiskFree()).isEqualTo(embedded.getMinDiskFree());
        for (var address : new String[] {"skelly.work.mail", "skelly.dead.mail", "elsewhere"}) {
            var theirs = match(file.getAddressSettings(), address);
            var ours = match(embedded.getAddressSettings(), address);
            assertThat(theirs.isAutoCreateQueues()).as(address).isEqualTo(ours.isAutoCreateQueues());
            assertThat(theirs.isAutoDeleteQueues()).as(address).isEqualTo(ours.isAutoDeleteQueues());
            assertThat(theirs.isAutoDeleteAddresses()).as(address).isEqualTo(ours.isAutoDeleteAddresses());
            assertThat(theirs.getMaxDeliveryAttempts()).as(address).isEqualTo(ours.getMaxDeliveryAttempts());
        }
    }

    private static AddressSettings match(java.util.Map<String, AddressSettings> settings, String address) {
        var repository = new HierarchicalObjectRepository<AddressSettings>();
        repository.setDefault(new AddressSettings());
        settings.forEach(repository::addMatch);
        return repository.getMatch(address);
    }
}
