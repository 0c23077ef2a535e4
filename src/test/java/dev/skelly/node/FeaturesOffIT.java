package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.config.Settings;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that does without some features, and what a start says of a wrong choice. */
class FeaturesOffIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aNodeDoesWithoutRoutesWorkersAndDocuments() {
        try (var node = WholeNode.start(Map.of("features.off", "orders,payments"))) {
            assertThat(node.get("/api/orders").statusCode()).isEqualTo(404);
            assertThat(node.get("/openapi.json").body())
                    .doesNotContain("/api/orders")
                    .contains("/api/events");
            assertThat(node.get("/feature-map.json").body())
                    .doesNotContain("order.placed")
                    .doesNotContain("order-process");
        }
    }

    private void assertRefused(String off, String... messages) throws IOException {
        var file = Files.writeString(folder.resolve("empty.yaml"), "");
        var settings = Settings.load(Map.of("features.off", off), Map.of(), file);
        assertThat(NodeConfig.read(settings)).isNotNull();
        assertThatThrownBy(settings::check).hasMessageContainingAll(messages);
    }

    @Test
    void aFeatureThatOthersNeedIsRefusedAndEachFaultNamed() throws IOException {
        assertRefused(
                "accounts,lamps",
                "features.off: accounts (expected: some of analytics, history,",
                "features.off: lamps (expected:");
    }

    @Test
    void ordersAndPaymentsGoTogether() throws IOException {
        assertRefused("orders", "features.off: one of orders and payments (expected: both or neither)");
    }
}
