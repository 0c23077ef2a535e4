package dev.skelly.bus;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes records by reference on this node, and between nodes as the record's declared name and JSON, sealed. Accepts known records only.
 */
final class RecordCodec implements MessageCodec<AddressedRecord, Object> {

    static final String NAME = "skelly.record";

    private final JsonMapper json;
    private final Optional<MessageSeal> seal;
    private final Map<String, Class<?>> byName = new ConcurrentHashMap<>();
    private final Map<Class<?>, String> names = new ConcurrentHashMap<>();

    /** @param seal empty on a node that is alone */
    RecordCodec(JsonMapper json, Optional<MessageSeal> seal) {
        this.json = json;
        this.seal = seal;
    }

    void allow(Collection<BusRecord> records) {
        for (var allowed : records) {
            byName.put(allowed.name(), allowed.type());
            names.put(allowed.type(), allowed.name());
        }
    }

    @Override
    public void encodeToWire(Buffer buffer, AddressedRecord message) {
        var content = message.content();
        var name = names.get(content.getClass());
        if (name == null) {
            throw new IllegalArgumentException(
                    content.getClass().getName() + " (expected: a record that may travel between nodes)");
        }
        var sealed = seal.orElseThrow(() -> new IllegalStateException("a node without cluster.secret sends nothing"))
                .seal(plain(name, content), message.address());
        buffer.appendInt(sealed.length).appendBytes(sealed);
    }

    private byte[] plain(String name, Object content) {
        try {
            var nameBytes = name.getBytes(StandardCharsets.UTF_8);
            var body = json.writeValueAsBytes(content);
            return ByteBuffer.allocate(Integer.BYTES + nameBytes.length + body.length)
                    .putInt(nameBytes.length)
                    .put(nameBytes)
                    .put(body)
                    .array();
        } catch (IOException e) {
            throw new IllegalArgumentException(content.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /* Never fails: the library would log a stack trace for each message of a stranger. */
    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        var start = position + Integer.BYTES;
        var length = buffer.length() < start ? -1 : buffer.getInt(position);
        return new SealedRecord(
                length < 0 || length > buffer.length() - start ? new byte[0] : buffer.getBytes(start, start + length));
    }

    /**
     * Opens a record that arrived at an address.
     *
     * @throws DroppedMessageException when it is not accepted
     */
    Object open(SealedRecord arrived, String address) {
        var plain = seal.orElseThrow(() -> new DroppedMessageException(DropReason.FORGED))
                .open(arrived.bytes(), address);
        var bytes = ByteBuffer.wrap(plain);
        var name = new byte[bytes.getInt()];
        bytes.get(name);
        var type = byName.get(new String(name, StandardCharsets.UTF_8));
        if (type == null) {
            throw new DroppedMessageException(DropReason.UNKNOWN);
        }
        try {
            return json.readValue(plain, bytes.position(), bytes.remaining(), type);
        } catch (IOException e) {
            throw new DroppedMessageException(DropReason.UNKNOWN);
        }
    }

    @Override
    public Object transform(AddressedRecord message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
