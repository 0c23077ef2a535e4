package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the people to whom notifications go, with what they chose for them. Callable from any context. */
@FunctionalInterface
public interface RecipientDirectory {

    /** Finds people. A failed future means that they are temporarily unreachable. */
    Future<FoundRecipients> find(FindRecipients query);

    /**
     * Finds accounts that are not disabled. Its handler belongs to the feature of accounts.
     *
     * @param accounts these accounts
     * @param roles and all that have one of these roles
     * @param limit the maximum number, those with the smallest ids
     */
    record FindRecipients(List<UUID> accounts, Set<String> roles, int limit) implements Query<FoundRecipients> {
        /** Copies the collections. */
        public FindRecipients {
            accounts = List.copyOf(accounts);
            roles = Set.copyOf(roles);
        }
    }

    /** The result of {@link FindRecipients}, ordered by id. */
    record FoundRecipients(List<Recipient> items) {
        /** Copies the list. */
        public FoundRecipients {
            items = List.copyOf(items);
        }
    }

    /**
     * A person.
     *
     * @param email the address
     * @param verified whether the person has proved that the address is theirs
     * @param roles all roles of the account
     */
    record Recipient(UUID id, String email, boolean verified, Set<String> roles, Choices choices) {
        /** Copies the roles. */
        public Recipient {
            roles = Set.copyOf(roles);
        }

        /** Omits the address. */
        @Override
        public String toString() {
            return "Recipient[" + id + "]";
        }
    }

    /**
     * What a person chose in the preferences.
     *
     * @param language a language tag such as {@code pt-BR}; null when none was chosen
     * @param timeZone an id such as {@code Europe/Berlin}; null when none was chosen
     * @param on false when all notifications are switched off
     * @param kinds for each kind of notification, the channels that are switched on or off: {@code inApp}, {@code mail}
     */
    record Choices(
            @Nullable String language, @Nullable String timeZone, boolean on, Map<String, Map<String, Boolean>> kinds) {

        /** Copies the map. */
        public Choices {
            kinds = Map.copyOf(kinds);
        }

        /** Tells whether the person takes a kind of notification by a channel; yes, unless it is switched off. */
        public boolean takes(String kind, String channel) {
            return on && kinds.getOrDefault(kind, Map.of()).getOrDefault(channel, true);
        }
    }

    /** Returns the directory that sends {@link FindRecipients}. */
    static RecipientDirectory through(CommandBus commands) {
        return commands::query;
    }
}
