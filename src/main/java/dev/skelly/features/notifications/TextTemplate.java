package dev.skelly.features.notifications;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A text with placeholders: {@code {field}} for a field of an event's data, {@code {count}} for a number that is known last. */
final class TextTemplate {

    /** The placeholder of the number of events. */
    static final String COUNT = "count";

    private static final Pattern SLOT = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    private final List<String> literals = new ArrayList<>(); // One more than slots.
    private final List<String> slots = new ArrayList<>();

    private TextTemplate() {}

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException when a brace is not part of a placeholder
     */
    static TextTemplate of(String text) {
        var template = new TextTemplate();
        var end = 0;
        for (var slot : SLOT.matcher(text).results().toList()) {
            template.literal(text.substring(end, slot.start()));
            template.slots.add(slot.group(1));
            end = slot.end();
        }
        template.literal(text.substring(end));
        return template;
    }

    private void literal(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("has a brace that is not part of a placeholder such as {name}");
        }
        literals.add(text);
    }

    /** Returns the names of the placeholders. */
    Set<String> slots() {
        return new LinkedHashSet<>(slots);
    }

    /** Returns the text before the first placeholder. */
    String start() {
        return literals.get(0);
    }

    /** Returns the text with its placeholders filled in; that of the number counts as any other. */
    String text(UnaryOperator<String> value) {
        var text = new StringBuilder(literals.get(0));
        for (var place = 0; place < slots.size(); place++) {
            text.append(value.apply(slots.get(place))).append(literals.get(place + 1));
        }
        return text.toString();
    }

    /** Returns the pieces of the text around {@code {count}}, with the other placeholders filled in. */
    List<String> pieces(UnaryOperator<String> value) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder(literals.get(0));
        for (var place = 0; place < slots.size(); place++) {
            if (slots.get(place).equals(COUNT)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(value.apply(slots.get(place)));
            }
            piece.append(literals.get(place + 1));
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
