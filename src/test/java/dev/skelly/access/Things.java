package dev.skelly.access;

import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What stands in a path's braces and behind a body's {@code $words}: things of one person, by the statements of {@link FeatureLines}. */
final class Things {

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Pattern SLOT = Pattern.compile("\\{[A-Za-z]+}");

    private final Scene scene;
    private final FeatureLines lines = FeatureLines.read();

    Things(Scene scene) {
        this.scene = scene;
    }

    /** A path with things of {@code owner} in its braces. A statement may use what stands in braces before, as {@code {name}}. */
    String path(String path, Person owner) {
        Map<String, String> found = new HashMap<>();
        SLOT.matcher(path).results().forEach(slot -> {
            var statement = lines.find("thing", path.substring(0, slot.end()))
                    .orElseThrow(() -> new AssertionError(AccessMatrix.missing(path.substring(0, slot.end()))))
                    .value();
            found.put(slot.group(), value(filled(statement, found), owner));
        });
        return filled(path, found);
    }

    private static String filled(String text, Map<String, String> values) {
        var filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    /* Asked until there is something: a part of it may be the work of a worker. */
    private String value(String statement, Person owner) {
        var sql = statement
                .replace("$owner", owner.id())
                .replace("$admin", scene.of(Caller.ADMIN).id());
        return await().pollInterval(OFTEN).until(() -> scene.text(sql), value -> !value.isEmpty());
    }

    /** The same path with something there that nobody has. */
    static String elsewhere(String path) {
        return SLOT.matcher(path).replaceAll(slot -> UUID.randomUUID().toString());
    }

    /** A body with its words filled in. */
    static String body(String body, Person caller) {
        return body.replace("$email", caller.email())
                .replace("$password", WholeNode.PASSWORD)
                .replace("$new", "new" + UUID.randomUUID() + "@example.org")
                .replace("$uuid", UUID.randomUUID().toString());
    }
}
