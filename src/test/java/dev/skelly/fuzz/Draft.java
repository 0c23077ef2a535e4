package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call that is still being made up. */
final class Draft {

    final List<String> query = new ArrayList<>();
    final List<String> headers = new ArrayList<>();
    final List<String> how = new ArrayList<>();
    ApiDescription.@Nullable Operation operation;
    String method;
    String path = "";
    byte @Nullable [] body;
    Optional<JsonNode> document = Optional.empty();
    boolean hopeless;

    Draft(ApiDescription.Operation operation) {
        this.operation = operation;
        this.method = operation.method();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void header(String name, String value) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        headers.add(name + ": " + value);
    }

    void drop(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    void document(JsonNode document) {
        this.document = Optional.of(document);
        this.body = document.toString().getBytes(StandardCharsets.UTF_8);
        this.hopeless = false;
    }

    void raw(byte[] bytes, boolean never) {
        this.document = Optional.empty();
        this.body = bytes;
        this.hopeless = never;
    }

    private @Nullable Buffer sent() {
        return body == null ? null : Buffer.buffer(body);
    }

    Call call() {
        var target = path + (query.isEmpty() ? "" : query.stream().collect(Collectors.joining("&", "?", "")));
        return new Call(method, target, List.copyOf(headers), sent(), operation, hopeless, List.copyOf(how));
    }
}
