package dev.skelly.features.signingkeys;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.time.Instant;

/** Events of the keys that sign access tokens, for administrators. */
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
     * A new signing key was created. The previous key retires when the new one starts to sign.
     *
     * @param kid the new key's id
     * @param signsFrom when it starts to sign
     */
    @EventName("signing-key.rotated")
    @Description("A new signing key was created. The previous key retires when the new one starts to sign.")
    record Rotated(String kid, Instant signsFrom) implements SigningKeyEvent {}
}
