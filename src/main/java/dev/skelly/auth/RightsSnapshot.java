package dev.skelly.auth;

import dev.skelly.event.Audience;
import dev.skelly.feature.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of the rights that a node has read.
 *
 * @param sessions ids of ended sessions
 * @param versions accounts, and the version below which their tokens are void
 * @param roles permissions of each role except {@code admin}
 */
record RightsSnapshot(Set<UUID> sessions, Map<UUID, Integer> versions, Map<String, RoleRights> roles) {

    static final RightsSnapshot NOTHING = new RightsSnapshot(Set.of(), Map.of(), Map.of());

    /** Permissions as stored patterns, and parsed. */
    record RoleRights(List<String> patterns, Permissions grants) {}

    /** Returns this snapshot with the changes of a read. A full read also drops entries that no valid token needs. */
    RightsSnapshot after(RightsDelta page, boolean everything) {
        if (!everything && page.changes().isEmpty() && page.roles() == null) {
            return this;
        }
        Set<UUID> ended = everything ? new HashSet<>() : new HashSet<>(sessions);
        Map<UUID, Integer> voided = everything ? new HashMap<>() : new HashMap<>(versions);
        for (var change : page.changes()) {
            if (change.session() != null) {
                ended.add(change.session());
            }
            if (change.account() != null && change.version() != null) {
                voided.merge(change.account(), change.version(), Math::max);
            }
        }
        return new RightsSnapshot(ended, voided, page.roles() == null ? roles : read(page.roles()));
    }

    private static Map<String, RoleRights> read(List<RolePermissions> stored) {
        return stored.stream()
                .collect(Collectors.toUnmodifiableMap(
                        RolePermissions::name, role -> new RoleRights(role.grants(), Permissions.of(role.grants()))));
    }

    /** Returns the rights that the read behind this snapshot revoked, compared with {@code before}. */
    RevokedRights lossSince(RightsSnapshot before, RightsDelta page) {
        var ended = new HashSet<UUID>();
        var voided = new HashMap<UUID, Integer>();
        for (var change : page.changes()) {
            if (change.session() != null && !before.sessions.contains(change.session())) {
                ended.add(change.session());
            }
            if (change.account() != null && raised(before, change.account())) {
                voided.put(change.account(), versions.getOrDefault(change.account(), 0));
            }
        }
        return new RevokedRights(ended, voided, changedRoles(before));
    }

    private boolean raised(RightsSnapshot before, UUID account) {
        return versions.getOrDefault(account, 0) > before.versions.getOrDefault(account, 0);
    }

    private Set<String> changedRoles(RightsSnapshot before) {
        return before.roles.entrySet().stream()
                .filter(role -> !patterns(roles.get(role.getKey()))
                        .equals(role.getValue().patterns()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> patterns(@Nullable RoleRights role) {
        return role == null ? List.of("gone") : role.patterns();
    }

    boolean ended(Principal principal) {
        return sessions.contains(principal.session());
    }

    /** Tells whether a change of the account made a token with these claims void. */
    boolean outdated(Principal principal) {
        return principal.rightsVersion() < versions.getOrDefault(principal.account(), 0);
    }

    Permissions grants(String role) {
        if (role.equals(Audience.ADMIN)) {
            return Permissions.EVERYTHING;
        }
        var rights = roles.get(role);
        return rights == null ? Permissions.NONE : rights.grants();
    }

    /** Returns the same caller without roles that do not exist. */
    Principal present(Principal principal) {
        if (principal.roles().stream().allMatch(this::exists)) {
            return principal;
        }
        return principal.with(principal.roles().stream().filter(this::exists).collect(Collectors.toSet()));
    }

    private boolean exists(String role) {
        return role.equals(Audience.ADMIN) || role.equals(Permissions.USER) || roles.containsKey(role);
    }
}
