package dev.skelly.config;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Selects the settings that all nodes share: all except those for a node's addresses, its roles, and its connections to other nodes. */
public final class SharedSettings {

    private static final Set<String> OWN_GROUPS =
            Set.of("roles", "data", "cluster", "embedded", "log", "db", "broker", "start", "shutdown", "sandbox");
    private static final Set<String> OWN_KEYS = Set.of(
            "http.host",
            "http.port",
            "http.tls-certificate",
            "http.tls-key",
            "http.connections-max",
            "http.connections-per-address",
            "proof.seal-file",
            "events.dir",
            "features.dir",
            "security.master-key");

    /* Addresses of people must not be stored longer than their accounts. */
    private static final Set<String> PERSONAL = Set.of("admin.email", "auth.admin-emails");

    private SharedSettings() {}

    /** Returns the settings by key as they are shown, with secrets and people's addresses masked. */
    public static Map<String, String> of(Collection<SettingValue> values) {
        var shared = new TreeMap<String, String>();
        for (var value : values) {
            var group = value.key().split("\\.", 2)[0];
            if (!OWN_GROUPS.contains(group) && !OWN_KEYS.contains(value.key())) {
                var hidden = PERSONAL.contains(value.key()) && !value.text().isEmpty();
                shared.put(value.key(), hidden ? "(addresses)" : value.text());
            }
        }
        return shared;
    }
}
