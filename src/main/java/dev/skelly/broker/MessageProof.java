package dev.skelly.broker;

import dev.skelly.event.Hkdf;
import dev.skelly.event.Hmac;
import dev.skelly.event.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the relay sent a message to a worker: HMAC-SHA256, under a key that only those who read the log's database have, over the worker
 * and all that the message says of the event. Other clients of the broker cannot make one. Safe on any thread.
 */
public final class MessageProof {

    /** The application property with the proof. */
    static final String PROPERTY = "skelly_proof";

    private static final String PURPOSE = "skelly message to a worker";
    private static final int ABSENT = -1;

    private final ThreadLocal<Mac> macs;

    /**
     * Creates the proofs of one log.
     *
     * @param logKey the log's secret; a key for this purpose is derived from it
     */
    public MessageProof(byte[] logKey) {
        var key = Hkdf.key(logKey, PURPOSE);
        this.macs = ThreadLocal.withInitial(() -> Hmac.with(key));
    }

    /** Returns the proof for an event; its channels are not covered, because messages do not carry them. */
    String of(String worker, StoredEvent event) {
        return of(Arrays.asList(
                worker,
                event.position(),
                event.id(),
                event.type(),
                event.version(),
                event.source(),
                event.subject(),
                event.subjectVersion(),
                event.actor(),
                event.correlation(),
                event.causation(),
                event.time(),
                event.traceparent(),
                event.data()));
    }

    /** Returns the proof for a probe. */
    String of(String worker, UUID probe) {
        return of(List.of(worker, probe));
    }

    /* The length before each part keeps one list from looking like another. */
    private String of(List<@Nullable Object> parts) {
        var mac = macs.get();
        for (var part : parts) {
            var bytes = part == null ? new byte[0] : part.toString().getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(part == null ? ABSENT : bytes.length)
                    .flip());
            mac.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    }

    /** Returns whether the relay sent a message with this event to this worker. */
    public boolean proves(Message message, String worker, StoredEvent event) {
        return isIn(message, of(worker, event));
    }

    /** Returns whether the relay sent this probe to this worker. */
    public boolean proves(Message message, String worker, UUID probe) {
        return isIn(message, of(worker, probe));
    }

    private static boolean isIn(Message message, String expected) {
        var properties = message.getApplicationProperties();
        var given = properties == null || properties.getValue() == null
                ? null
                : properties.getValue().get(PROPERTY);
        return given != null
                && MessageDigest.isEqual(
                        given.toString().getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
