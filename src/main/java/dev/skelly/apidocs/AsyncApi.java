package dev.skelly.apidocs;

import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Generates the AsyncAPI 3.0 document of the events sent to streams, one channel per channel template, and to the queues of workers.
 *
 * <p>Each event type has two messages: a stream frame is CloudEvents JSON, a queue message is CloudEvents binary mode.
 */
final class AsyncApi {

    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern SLOT = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final String DESCRIPTION = """
            Made from the event types of this program. A stream is one connection to `/api/stream` over which all channels of a reader
            come together; which fields of `data` a reader sees depends on the reader's roles. Times are RFC 3339, ids UUIDv7.""";

    private final ApiModel surface;
    private final Map<String, Object> channels = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();

    private AsyncApi(ApiModel surface) {
        this.surface = surface;
    }

    static Map<String, Object> of(ApiModel surface) {
        return new AsyncApi(surface).document();
    }

    private Map<String, Object> document() {
        streams();
        control();
        queues();
        emission();
        var info = new LinkedHashMap<String, Object>();
        info.put("title", "Skelly events");
        info.put("version", surface.version());
        info.put("description", DESCRIPTION);
        info.put("license", Map.of("name", "Apache-2.0"));
        var document = new LinkedHashMap<String, Object>();
        document.put("asyncapi", "3.0.0");
        document.put("info", info);
        document.put("defaultContentType", "application/json");
        document.put("servers", Map.of("http", server("http", "8080"), "broker", server("amqp", "5672")));
        document.put("channels", channels);
        document.put("operations", operations);
        document.put("components", MessageObjects.components(surface));
        return document;
    }

    private static Map<String, Object> server(String protocol, String port) {
        var server = new LinkedHashMap<String, Object>();
        server.put("host", "{host}:" + port);
        server.put("protocol", protocol);
        if (protocol.equals("amqp")) {
            server.put("protocolVersion", "1.0");
        }
        server.put("variables", Map.of("host", Map.of("default", "localhost", "description", "The host of a node.")));
        return server;
    }

    private void streams() {
        var byTemplate = new TreeMap<String, List<EventType>>();
        for (var type : surface.types()) {
            for (ChannelTemplate template : type.audience()) {
                byTemplate
                        .computeIfAbsent(template.toString(), text -> new ArrayList<>())
                        .add(type);
            }
        }
        byTemplate.forEach((template, types) -> {
            var id = "stream-" + word(template);
            channels.put(id, channel(template, "http", "Events of a stream for `" + template + "`.", types, ""));
            operation("send-" + id, "send", id, "GET");
        });
    }

    private void control() {
        var messages = new LinkedHashMap<String, Object>();
        ControlMessages.NAMES.forEach(
                name -> messages.put(word(name), reference("#/components/messages/" + word(name))));
        var channel = new LinkedHashMap<String, Object>();
        channel.put("address", "/api/stream");
        channel.put("description", "Control messages of every stream. These frames carry no id.");
        channel.put("servers", List.of(reference("#/servers/http")));
        channel.put("messages", messages);
        channels.put("stream-control", channel);
        operation("send-stream-control", "send", "stream-control", "GET");
    }

    private void queues() {
        for (var worker : surface.workers()) {
            var types = surface.types().stream()
                    .filter(type -> worker.reactsTo(type.name()))
                    .toList();
            var id = "queue-" + word(worker.name());
            var meaning = "The queue of worker `" + worker.name() + "`: durable messages, CloudEvents binary mode.";
            channels.put(id, channel("skelly.work." + worker.name(), "broker", meaning, types, "-message"));
            operation("send-" + id, "send", id, "");
            operation("receive-" + id, "receive", id, "");
        }
    }

    private void emission() {
        var types =
                surface.types().stream().filter(type -> type.emission() != null).toList();
        if (!types.isEmpty()) {
            channels.put("emission", channel("/api/events", "http", "Event types that clients may emit.", types, ""));
            operation("receive-emission", "receive", "emission", "POST");
        }
    }

    private static Map<String, Object> channel(
            String address, String server, String meaning, List<EventType> types, String form) {
        var messages = new LinkedHashMap<String, Object>();
        types.forEach(type ->
                messages.put(word(type.name()), reference("#/components/messages/" + word(type.name()) + form)));
        var channel = new LinkedHashMap<String, Object>();
        channel.put("address", address);
        channel.put("description", meaning);
        channel.put("servers", List.of(reference("#/servers/" + server)));
        channel.put("messages", messages);
        var parameters = new LinkedHashMap<String, Object>();
        SLOT.matcher(address)
                .results()
                .forEach(slot -> parameters.put(slot.group(1), Map.of("description", "Which one.")));
        if (!parameters.isEmpty()) {
            channel.put("parameters", parameters);
        }
        return channel;
    }

    private void operation(String id, String action, String channel, String method) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("action", action);
        operation.put("channel", reference("#/channels/" + channel));
        if (!method.isEmpty()) {
            operation.put("bindings", Map.of("http", Map.of("method", method, "bindingVersion", "0.3.0")));
        }
        operations.put(id, operation);
    }

    static Map<String, Object> reference(String place) {
        return Map.of("$ref", place);
    }

    /** Returns a name as a key of the document: {@code user-registered}. */
    static String word(String name) {
        return OTHERS.matcher(name).replaceAll("-").replaceAll("^-|-$", "");
    }
}
