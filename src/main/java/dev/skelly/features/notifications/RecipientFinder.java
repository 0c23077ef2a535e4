package dev.skelly.features.notifications;

import dev.skelly.event.Audience;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Query;
import dev.skelly.feature.RecipientDirectory;
import dev.skelly.feature.RecipientDirectory.FindRecipients;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the people to notify.
 *
 * @param views read only after the start
 * @param most people for one event; one more is found when there are more
 */
record RecipientFinder(CommandBus commands, Supplier<EventViews> views, int most) {

    private static final UUID NO_ACCOUNT = new UUID(0, 0);

    /** Reads the names of all roles but that of administrators. */
    record ReadRoleNames() implements Query<RoleNames> {}

    /** The result of {@link ReadRoleNames}. */
    record RoleNames(List<String> names) {}

    /** Finds these accounts; those that are gone or disabled are missing. */
    Future<Map<UUID, Recipient>> people(Set<UUID> accounts) {
        return accounts.isEmpty()
                ? Future.succeededFuture(Map.of())
                : find(accounts, Set.of(), accounts.size())
                        .map(found -> found.stream().collect(Collectors.toMap(Recipient::id, Function.identity())));
    }

    /** Finds all who have a role. */
    Future<List<Recipient>> holders(String role) {
        return find(Set.of(), Set.of(role), most + 1);
    }

    /** Finds all who have a role that may read a channel. */
    Future<List<Recipient>> readers(String channel) {
        return commands.query(new ReadRoleNames()).compose(known -> {
            var names = new ArrayList<>(known.names());
            names.add(Audience.ADMIN);
            var roles = names.stream()
                    .filter(role -> views.get().mayRead(holder(role), channel))
                    .collect(Collectors.toSet());
            return roles.isEmpty() ? Future.succeededFuture(List.of()) : find(Set.of(), roles, most + 1);
        });
    }

    private static Principal holder(String role) {
        return new Principal(NO_ACCOUNT, NO_ACCOUNT, Set.of(role), 0, Instant.MAX);
    }

    private Future<List<Recipient>> find(Collection<UUID> accounts, Set<String> roles, int limit) {
        return RecipientDirectory.through(commands)
                .find(new FindRecipients(List.copyOf(accounts), roles, limit))
                .map(RecipientDirectory.FoundRecipients::items);
    }
}
