package dev.skelly.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: {@code *}, or a list of entity tags (RFC 9110 sections 8.8.3 and 13.1).
 *
 * @param any whether it is {@code *}
 * @param tags in their order, each as it was sent, such as {@code "1"} or {@code W/"1"}; empty if {@code any}
 */
public record EntityTagList(boolean any, List<String> tags) {

    private static final String WEAK = "W/";
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\uffff]*\"");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t,]*");

    /** Copies the tags. */
    public EntityTagList {
        tags = List.copyOf(tags);
    }

    /** Parses a header; several lines are joined by commas. Empty when it is malformed. */
    public static Optional<EntityTagList> read(String header) {
        if (header.strip().equals("*")) {
            return Optional.of(new EntityTagList(true, List.of()));
        }
        var tags = new ArrayList<String>();
        var tag = TAG.matcher(header);
        var between = BETWEEN.matcher(header);
        var at = between.lookingAt() ? between.end() : 0;
        while (at < header.length()) {
            if (!tag.region(at, header.length()).lookingAt()) {
                return Optional.empty();
            }
            tags.add(tag.group());
            var separated = between.region(tag.end(), header.length()).lookingAt();
            at = separated ? between.end() : tag.end();
            if (at < header.length() && !header.substring(tag.end(), at).contains(",")) {
                return Optional.empty();
            }
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(new EntityTagList(false, tags));
    }

    /** Compares weakly: tells whether a representation with this tag is meant, or one that differs only in bytes. */
    public boolean hasWeakly(String tag) {
        return any || tags.stream().anyMatch(one -> opaque(one).equals(opaque(tag)));
    }

    /** Returns the tags that can be equal in a strong comparison, each once. */
    public List<String> strong() {
        return tags.stream().filter(tag -> !tag.startsWith(WEAK)).distinct().toList();
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
