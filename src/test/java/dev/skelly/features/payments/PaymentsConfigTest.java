package dev.skelly.features.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.config.SettingValue;
import dev.skelly.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings are refused together, and secrets are never shown. */
class PaymentsConfigTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static Settings settings(String... pairs) {
        var flags = new HashMap<String, String>();
        for (var n = 0; n < pairs.length; n += 2) {
            flags.put("payments." + pairs[n], pairs[n + 1]);
        }
        return Settings.load(flags, Map.of(), null);
    }

    private static PaymentsConfig check(Settings settings) {
        var bound = settings.bind("payments", PaymentsConfig.DEFAULT);
        settings.check();
        return bound;
    }

    @Test
    void tellsAllFaultsAtOnce() {
        var settings = settings(
                "gateway", "ftp://provider", "webhook-secret", "short", "timeout", "1h", "sandbox-delay", "2d");

        assertThatThrownBy(() -> check(settings))
                .hasMessageContaining("payments.gateway")
                .hasMessageContaining("payments.webhook-secret: ******")
                .hasMessageContaining("payments.timeout")
                .hasMessageContaining("payments.sandbox-delay")
                .hasMessageNotContaining("short");
    }

    @Test
    void showsNoSecret() {
        var settings = settings("gateway", "https://provider.example/v1", "key", "of-mine", "webhook-secret", SECRET);

        var bound = check(settings);

        var shown = settings.values().stream().collect(Collectors.toMap(SettingValue::key, SettingValue::text));
        assertThat(bound.url()).hasToString("Optional[https://provider.example/v1]");
        assertThat(shown).containsEntry("payments.key", "******").containsEntry("payments.webhook-secret", "******");
        assertThat(bound.toString()).doesNotContain("of-mine").doesNotContain(SECRET);
    }

    @Test
    void aProviderNeedsAKey() {
        var settings = settings("gateway", "https://provider.example");

        assertThatThrownBy(() -> check(settings)).hasMessageContaining("payments.key: empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sand",
                "provider.example",
                "http:///charges",
                "https://me:secret@provider.example",
                "https://a.example?key=1"
            })
    void refusesWhatIsNoProvider(String gateway) {
        var settings = settings("gateway", gateway, "key", "k");

        assertThatThrownBy(() -> check(settings))
                .hasMessageContaining("payments.gateway")
                .hasMessageNotContaining("me:secret");
    }
}
