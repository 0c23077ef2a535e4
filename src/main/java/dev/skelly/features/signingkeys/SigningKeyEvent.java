package dev.skelly.features.signingkeys;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.time.Instant;

/** What happened to the keys that sign access tokens; for administrators. */
@Channels("role:admin")
public sealed interface SigningKeyEvent extends Event {

    @Override
    default String subject() {
        return "signing-keys:all";
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * A new key was made, and the one before it retires when the new one begins to sign.
     *
     * @param kid the new key's name
     * @param signsFrom when it begins
     */
    @EventName("signing-key.rotated")
    @Description("A new key was made, and the one before it retires when the new one begins to sign.")
    record Rotated(String kid, Instant signsFrom) implements SigningKeyEvent {}
}
