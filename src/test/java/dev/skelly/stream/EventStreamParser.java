package dev.skelly.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads an event stream as WHATWG HTML, section 9.2.6 says, byte by byte; written from that text and nothing else. */
final class EventStreamParser {

    /** What a browser would dispatch. */
    record Dispatched(String event, String data, String lastEventId) {}

    private static final int CR = 13;
    private static final int LF = 10;

    private final Consumer<Dispatched> listener;
    private final List<Integer> retries = new ArrayList<>();
    private byte[] line = new byte[256];
    private int length;
    private boolean afterCr;
    private StringBuilder data = new StringBuilder();
    private boolean anyData;
    private String event = "";
    private String idBuffer = "";
    private String lastEventId = "";
    private int comments;

    EventStreamParser(Consumer<Dispatched> listener) {
        this.listener = listener;
    }

    static List<Dispatched> parse(byte[] bytes) {
        var found = new ArrayList<Dispatched>();
        new EventStreamParser(found::add).feed(bytes);
        return found;
    }

    void feed(byte[] bytes) {
        for (var b : bytes) {
            if (b == LF && afterCr) {
                afterCr = false;
                continue;
            }
            afterCr = b == CR;
            if (b == CR || b == LF) {
                take(new String(line, 0, length, StandardCharsets.UTF_8));
                length = 0;
            } else {
                if (length == line.length) {
                    line = java.util.Arrays.copyOf(line, length * 2);
                }
                line[length++] = b;
            }
        }
    }

    private void take(String text) {
        if (text.isEmpty()) {
            dispatch();
        } else if (text.charAt(0) == ':') {
            comments++;
        } else {
            var colon = text.indexOf(':');
            var name = colon < 0 ? text : text.substring(0, colon);
            var value = colon < 0 ? "" : text.substring(colon + 1);
            field(name, value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> event = value;
            case "data" -> {
                data.append(value).append('\n');
                anyData = true;
            }
            case "id" -> {
                if (value.indexOf(0) < 0) {
                    idBuffer = value;
                }
            }
            case "retry" -> retries.add(Integer.valueOf(value));
            default -> throw new AssertionError("a field that nobody wrote: " + name);
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (anyData) {
            var text = data.substring(0, data.length() - 1);
            listener.accept(new Dispatched(event.isEmpty() ? "message" : event, text, lastEventId));
        }
        data = new StringBuilder();
        anyData = false;
        event = "";
    }

    String lastEventId() {
        return lastEventId;
    }

    int comments() {
        return comments;
    }

    List<Integer> retries() {
        return retries;
    }
}
