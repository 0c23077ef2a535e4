package dev.skelly.sandbox;

import dev.skelly.config.SettingValue;
import dev.skelly.config.Settings;
import java.util.List;
import java.util.Map;

/**
 * Settings of a sandbox, under {@code sandbox}.
 *
 * @param enabled whether the node is one: it sends no mails and no requests, and uses only its embedded servers
 */
public record SandboxConfig(boolean enabled) {

    /** The default: no sandbox. */
    public static final SandboxConfig DEFAULT = new SandboxConfig(false);

    /* The only values that a sandbox has. The environment of a shell on a server may set others, also those of the original's database. */
    private static final Map<String, String> REQUIRED = Map.of(
            "db.url", "",
            "broker.url", "",
            "cluster.enabled", "false",
            "mail.smtp-url", "",
            "payments.gateway", "sandbox");

    /** Binds these settings, and refuses those with which a sandbox would reach outside; the others are bound before. */
    public static SandboxConfig bind(Settings settings) {
        var config = settings.bind("sandbox", DEFAULT);
        if (config.enabled()) {
            settings.refuse(faults(settings.values()));
        }
        return config;
    }

    private static List<String> faults(List<SettingValue> values) {
        return values.stream()
                .filter(value -> !value.text().equals(REQUIRED.getOrDefault(value.key(), value.text())))
                .map(value -> value.key() + ": set by " + value.origin() + " (expected: "
                        + (REQUIRED.getOrDefault(value.key(), "").isEmpty() ? "empty" : REQUIRED.get(value.key()))
                        + ", because sandbox.enabled allows nothing outside)")
                .toList();
    }
}
