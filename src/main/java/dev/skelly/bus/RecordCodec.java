package dev.skelly.bus;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes records by reference on this node, and between nodes as the record's declared name and JSON. Accepts known records only. */
final class RecordCodec implements MessageCodec<Object, Object> {

    static final String NAME = "skelly.record";

    private final JsonMapper json;
    private final Map<String, Class<?>> byName = new ConcurrentHashMap<>();
    private final Map<Class<?>, String> names = new ConcurrentHashMap<>();

    RecordCodec(JsonMapper json) {
        this.json = json;
    }

    void allow(Collection<BusRecord> records) {
        for (var allowed : records) {
            byName.put(allowed.formerly(), allowed.type());
            byName.put(allowed.name(), allowed.type());
            names.put(allowed.type(), allowed.name());
        }
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        var name = names.get(message.getClass());
        if (name == null) {
            throw new IllegalArgumentException(
                    message.getClass().getName() + " (expected: a record that may travel between nodes)");
        }
        try {
            append(buffer, name.getBytes(StandardCharsets.UTF_8));
            append(buffer, json.writeValueAsBytes(message));
        } catch (IOException e) {
            throw new IllegalArgumentException(message.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    private static void append(Buffer buffer, byte[] bytes) {
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        var nameLength = buffer.getInt(position);
        var nameStart = position + Integer.BYTES;
        var name = buffer.getString(nameStart, nameStart + nameLength);
        var bodyStart = nameStart + nameLength + Integer.BYTES;
        var bodyLength = buffer.getInt(nameStart + nameLength);
        var type = byName.get(name);
        if (type == null) {
            throw new IllegalArgumentException("message of type " + name + " (expected: one that this node knows)");
        }
        try {
            return json.readValue(buffer.getBytes(bodyStart, bodyStart + bodyLength), type);
        } catch (IOException e) {
            throw new IllegalArgumentException("message of type " + name + " cannot be read", e);
        }
    }

    @Override
    public Object transform(Object message) {
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
