package dev.skelly.features.notifications;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.RecipientDirectory;
import dev.skelly.feature.RecipientDirectory.FoundRecipients;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.feature.UserDirectory;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stands for the feature of accounts, and has an event to notify people of. */
final class BellPeople implements Feature {

    static final UUID ADA = new UUID(7, 1);

    final Map<UUID, Recipient> people = new HashMap<>();

    @EventName("bell.rung")
    @Description("A bell rang.")
    @Channels("user:{owner}")
    record BellRung(UUID owner, String caller, String words) implements Event {

        @Override
        public String subject() {
            return "bell:" + caller;
        }

        @Override
        public Audience audience() {
            return Audience.of(Audience.user(owner));
        }
    }

    record Ring(BellRung event) implements Command<Void> {}

    record Erase(UUID account) implements Command<Void> {}

    @Override
    public String name() {
        return "people";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(BellRung.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command("people.ring", Ring.class, (tx, ring) -> tx.append(ring.event()));
        registry.command(
                "people.erase", Erase.class, (tx, erase) -> new NotificationPersonalData().erase(tx, erase.account()));
        registry.query(
                "people.find-recipients",
                RecipientDirectory.FindRecipients.class,
                FoundRecipients.class,
                (sql, query) -> Future.succeededFuture(new FoundRecipients(query.accounts().stream()
                        .filter(people::containsKey)
                        .map(people::get)
                        .toList())));
        registry.query(
                "people.find-contact",
                UserDirectory.FindContact.class,
                UserDirectory.FoundContact.class,
                (sql, query) -> Future.succeededFuture(new UserDirectory.FoundContact(
                        new UserDirectory.Contact(query.account(), "ada@example.org", null, true, false))));
    }
}
