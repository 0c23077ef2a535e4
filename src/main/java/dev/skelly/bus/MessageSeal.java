package dev.skelly.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skelly.event.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates the messages between the nodes of a cluster: AES-256-GCM under a key of the sender, which is derived from the
 * cluster's. The header (format, sender, sequence number, time) and the message's address are authenticated with it.
 *
 * <p>A node accepts a message of each sender once, only near its own time, and none that is older than itself: what it forgot in a restart
 * cannot be replayed. Safe on any thread.
 */
public final class MessageSeal {

    private static final byte FORMAT = 1;
    private static final int SENDER_BYTES = 16;
    private static final int HEADER_BYTES = 1 + SENDER_BYTES + Long.BYTES + Long.BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SENDERS_MAX = 10_000; // Only messages that a secret opens add one: the bound is never met.

    private record Sender(SecretKeySpec key, ReplayWindow window) {}

    private final List<byte[]> keys;
    private final InstantSource clock;
    private final Duration tolerance;
    private final long started;
    private final byte[] self = new byte[SENDER_BYTES];
    private final SecretKeySpec ownKey;
    private final AtomicLong sequence = new AtomicLong();
    private final Cache<ByteBuffer, Sender> senders;

    /**
     * Creates the seal of a process, under a new random name.
     *
     * @param keys of 32 bytes; the first seals, every one opens
     * @param tolerance accepted difference between the times of two nodes
     */
    public MessageSeal(List<byte[]> keys, InstantSource clock, Duration tolerance) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
        this.tolerance = tolerance;
        this.started = clock.millis();
        new SecureRandom().nextBytes(self);
        this.ownKey = keyOf(this.keys.get(0), self);
        // A message is accepted for twice the tolerance at most; after that its time refuses it.
        this.senders = Caffeine.newBuilder()
                .maximumSize(SENDERS_MAX)
                .expireAfterAccess(tolerance.multipliedBy(3))
                .build();
    }

    /* One key for each sender: its nonces are its sequence numbers, so none is used twice. */
    private static SecretKeySpec keyOf(byte[] key, byte[] sender) {
        return new SecretKeySpec(Hmac.with(key).doFinal(sender), "AES");
    }

    /** Seals a message for an address. */
    byte[] seal(byte[] plain, String address) {
        var number = sequence.getAndIncrement();
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(FORMAT)
                .put(self)
                .putLong(number)
                .putLong(clock.millis())
                .array();
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, ownKey, number, header, address);
            var sealed = ByteBuffer.allocate(HEADER_BYTES + cipher.getOutputSize(plain.length))
                    .put(header);
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals any bytes", e);
        }
    }

    /**
     * Opens a message that arrived at an address.
     *
     * @throws DroppedMessageException when it is forged, changed, replayed, or of another time
     */
    byte[] open(byte[] sealed, String address) {
        if (sealed.length < HEADER_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
            throw new DroppedMessageException(DropReason.FORGED);
        }
        var header = ByteBuffer.wrap(sealed, 0, HEADER_BYTES).slice();
        var name = new byte[SENDER_BYTES];
        header.position(1).get(name);
        var number = header.getLong();
        var time = header.getLong();
        var known = senders.getIfPresent(ByteBuffer.wrap(name));
        if (known != null) {
            var plain = opened(known.key(), sealed, number, address);
            return once(known.window(), number, time, plain);
        }
        for (var key : keys) {
            var derived = keyOf(key, name);
            var plain = opened(derived, sealed, number, address);
            if (plain.length > 0) {
                var sender = senders.get(ByteBuffer.wrap(name), first -> new Sender(derived, new ReplayWindow()));
                return once(sender.window(), number, time, plain);
            }
        }
        throw new DroppedMessageException(DropReason.FORGED);
    }

    private byte[] once(ReplayWindow window, long number, long time, byte[] plain) {
        if (plain.length == 0) {
            throw new DroppedMessageException(DropReason.FORGED);
        }
        var now = clock.millis();
        // A clock that was set back has no start to compare with; the window still refuses what this process has seen.
        var earliest = now < started ? Long.MIN_VALUE : started;
        if (time < earliest || Math.abs(now - time) > tolerance.toMillis()) {
            throw new DroppedMessageException(DropReason.CLOCK);
        }
        if (!window.accept(number)) {
            throw new DroppedMessageException(DropReason.REPLAYED);
        }
        return plain;
    }

    /* Empty if the key does not open it; no message is empty. */
    private static byte[] opened(SecretKeySpec key, byte[] sealed, long number, String address) {
        var header = ByteBuffer.wrap(sealed, 0, HEADER_BYTES).slice();
        var bytes = new byte[HEADER_BYTES];
        header.get(bytes);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, number, bytes, address)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            return new byte[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, long number, byte[] header, String address)
            throws GeneralSecurityException {
        var nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(address.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
