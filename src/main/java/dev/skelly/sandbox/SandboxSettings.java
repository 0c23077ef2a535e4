package dev.skelly.sandbox;

import dev.skelly.config.SettingValue;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the settings of a sandbox: those of the original, without what belongs to its machine, what leads outside, and secrets.
 */
final class SandboxSettings {

    private static final Set<String> OWN_GROUPS =
            Set.of("admin", "broker", "cluster", "data", "db", "embedded", "mail", "roles", "sandbox");
    private static final Set<String> OWN_KEYS = Set.of(
            "http.cors-origins",
            "http.host",
            "http.port",
            "http.proxies",
            "http.public-url",
            "http.tls-certificate",
            "http.tls-key",
            "payments.gateway",
            "payments.key",
            "payments.webhook-secret",
            "privacy.erasure-file",
            "proof.seal-file",
            "security.master-key",
            "security.master-key-command");
    private static final Set<String> FOLDERS = Set.of("events.dir", "features.dir", "notifications.dir", "web.dir");
    private static final String MASKED = "******";

    private SandboxSettings() {}

    /**
     * Returns the text of a settings file.
     *
     * @param originals all bound settings
     * @param folder the data folder of the sandbox, absolute
     */
    static String file(Collection<SettingValue> originals, Path folder, int port) {
        var groups = new TreeMap<String, Map<String, String>>();
        for (var value : originals) {
            if (FOLDERS.contains(value.key())) {
                put(
                        groups,
                        value.key(),
                        Path.of(value.text()).toAbsolutePath().normalize().toString());
            } else if (!value.origin().equals("default") && isShared(value)) {
                put(groups, value.key(), value.text());
            }
        }
        put(groups, "data.dir", folder.toString());
        put(groups, "http.port", Integer.toString(port));
        put(groups, "sandbox.enabled", "true");
        return text(groups);
    }

    private static boolean isShared(SettingValue value) {
        return !OWN_GROUPS.contains(group(value.key()))
                && !OWN_KEYS.contains(value.key())
                && !value.text().contains(MASKED);
    }

    /* A key has two parts; one of a feature in a jar has three, of which the first two are its group. */
    private static String group(String key) {
        return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : key;
    }

    private static void put(Map<String, Map<String, String>> groups, String key, String text) {
        groups.computeIfAbsent(group(key), group -> new TreeMap<>()).put(key.substring(key.lastIndexOf('.') + 1), text);
    }

    /* Groups of features in jars lie below that of the choice of features, which is there always and sorts before them. */
    private static String text(Map<String, Map<String, String>> groups) {
        var text = new StringBuilder(
                "## A sandbox over a copy of a log: sends no mails and no requests. Made by skelly replay.\n");
        groups.forEach((group, values) -> {
            var indent = "  ".repeat(group.split("\\.", -1).length);
            text.append(indent.substring(2)).append(name(group)).append(":\n");
            values.forEach((key, value) -> text.append(indent)
                    .append(name(key))
                    .append(": ")
                    .append(quoted(value))
                    .append('\n'));
        });
        return text.toString();
    }

    private static String name(String group) {
        return quoted(group.substring(group.lastIndexOf('.') + 1)); // YAML reads off as false.
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
