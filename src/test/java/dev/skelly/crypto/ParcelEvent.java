package dev.skelly.crypto;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Retention;
import dev.skelly.event.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts about parcels, which say where somebody lives. */
@Channels({"user:{userId}", "role:admin"})
public sealed interface ParcelEvent extends Event {

    /** Whose parcel. */
    UUID userId();

    @Override
    default Audience audience() {
        return Audience.userAndAdmins(userId());
    }

    /** It was sent: a fact about the person. */
    @Description("A parcel was sent.")
    @EventName("parcel.sent")
    record Sent(
            UUID userId,
            int grams,
            @Sensitive @Nullable String street,
            @Sensitive @Nullable Receiver receiver) implements ParcelEvent {
        @Override
        public String subject() {
            return "user:" + userId;
        }
    }

    /** It was scanned on its way: a fact about the parcel, still about the person. */
    @Description("A parcel was scanned.")
    @Retention(days = 30)
    @EventName("parcel.scanned")
    record Scanned(UUID userId, String parcel, @Sensitive String signature) implements ParcelEvent {
        @Override
        public String subject() {
            return "parcel:" + parcel;
        }
    }

    /** Who was to take it is erased. */
    @Description("Who was to take parcels is erased.")
    @EventName("parcel.receiver-gone")
    record Gone(UUID userId) implements ParcelEvent {
        @Override
        public String subject() {
            return "user:" + userId;
        }
    }

    /** Who takes it. */
    record Receiver(String name, int floor) {}

    /** A catalogue of parcels alone. */
    static EventTypeRegistry eventTypes() {
        return EventTypeRegistry.of(Map.of("/skelly/parcels", List.of(ParcelEvent.class)));
    }
}
