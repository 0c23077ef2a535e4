package dev.skelly.http;

import dev.skelly.event.Sha256;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Supplier;

/** Generates the same ids in the same order from the same seed, a UUIDv7. Confined to one request. */
final class DeterministicIds implements Supplier<UUID> {

    private static final long TIME_AND_VERSION = 0xFFFF_FFFF_FFFF_F000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long AFTER_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final int SEED_BYTES = 20;

    private final UUID seed;
    private int given;

    DeterministicIds(UUID seed) {
        this.seed = seed;
    }

    /** The first id is the seed. */
    @Override
    public UUID get() {
        var number = given++;
        if (number == 0) {
            return seed;
        }
        var digest = ByteBuffer.wrap(digest(number));
        return new UUID(
                (seed.getMostSignificantBits() & TIME_AND_VERSION) | (digest.getLong() & ~TIME_AND_VERSION),
                VARIANT | (digest.getLong() & AFTER_VARIANT));
    }

    private byte[] digest(int number) {
        var bytes = ByteBuffer.allocate(SEED_BYTES)
                .putLong(seed.getMostSignificantBits())
                .putLong(seed.getLeastSignificantBits())
                .putInt(number);
        return Sha256.of(bytes.array());
    }
}
