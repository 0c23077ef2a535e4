package dev.skelly.features.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.Sensitive;
import dev.skelly.event.Upcast;
import java.util.UUID;

/** What became of parcels: another name, another version, and data that the former schema refuses. */
@Channels({"user:{userId}", "role:admin"})
sealed interface PostEvent extends Event {

    /** A parcel under its new name. */
    @Description("A parcel was posted.")
    @EventName(value = "parcel.posted", formerly = "parcel.sent", version = 2)
    record Posted(UUID userId, String weight, @Sensitive String street) implements PostEvent {

        @Override
        public String subject() {
            return "user:" + userId;
        }

        @Override
        public Audience audience() {
            return Audience.userAndAdmins(userId);
        }
    }

    /** The weight is a text now. */
    static Upcast upcast() {
        return new Upcast("parcel.posted", 1, PostEvent::weighed);
    }

    private static ObjectNode weighed(ObjectNode data) {
        return data.put("weight", data.remove("grams").asText() + " g");
    }
}
