package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes bodies wrong. */
final class BodyTwists {

    private static final int LONG = 70_000;

    private BodyTwists() {}

    static void apply(Draft draft, Values values) {
        if (draft.document.isEmpty()) {
            whole(draft, values);
            return;
        }
        switch (values.random().nextInt(6)) {
            case 0, 1, 2 -> field(draft, draft.document.get().deepCopy(), values);
            case 3 -> swapped(draft, values);
            case 4 -> cut(draft, values);
            default -> whole(draft, values);
        }
    }

    /* One field somewhere in it: gone, new, another type, empty, long. */
    private static void field(Draft draft, JsonNode document, Values values) {
        var places = new ArrayList<ObjectNode>();
        objects(document, places);
        if (places.isEmpty()) {
            whole(draft, values);
            return;
        }
        var place = values.one(places);
        var names = new ArrayList<String>();
        place.fieldNames().forEachRemaining(names::add);
        var what = names.isEmpty() ? 0 : values.random().nextInt(6);
        switch (what) {
            case 0 -> place.set(values.one(Nasty.TEXTS), values.anything(0));
            case 1 -> place.remove(values.one(names));
            case 2 -> place.putNull(values.one(names));
            case 3 -> place.put(values.one(names), "y".repeat(values.oneIn(4) ? LONG : 300));
            case 4 -> place.set(values.one(names), new TextNode(values.one(Nasty.TEXTS)));
            default -> place.set(values.one(names), values.anything(0));
        }
        draft.how.add("a field (" + what + ")");
        draft.document(document);
    }

    private static void objects(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.forEach(child -> objects(child, found));
    }

    private static void swapped(Draft draft, Values values) {
        draft.how.add("another document");
        draft.document(values.anything(0));
    }

    private static void cut(Draft draft, Values values) {
        var body = draft.body == null ? new byte[0] : draft.body;
        if (body.length < 2) {
            whole(draft, values);
            return;
        }
        draft.how.add("a cut body");
        var some = draft.document.filter(JsonNode::isContainerNode).isPresent();
        draft.raw(Arrays.copyOf(body, 1 + values.random().nextInt(body.length - 1)), some);
    }

    private static void whole(Draft draft, Values values) {
        switch (values.random().nextInt(4)) {
            case 0 -> {
                draft.how.add("bytes");
                var bytes = new byte[values.random().nextInt(200)];
                values.random().nextBytes(bytes);
                draft.raw(bytes, false);
            }
            case 1 -> {
                draft.how.add("many items");
                var items = values.random().nextInt(2_000);
                draft.raw(("[" + "{},".repeat(items) + "{}]").getBytes(StandardCharsets.UTF_8), false);
            }
            default -> {
                draft.how.add("no JSON");
                var text = values.one(Nasty.DOCUMENTS);
                draft.raw(text.getBytes(StandardCharsets.ISO_8859_1), !text.isEmpty());
            }
        }
    }
}
