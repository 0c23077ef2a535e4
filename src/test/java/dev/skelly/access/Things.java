package dev.skelly.access;

import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.time.Duration;
import java.util.UUID;

/** What stands in a path's braces and behind a body's {@code $words}: things of one person, made where there are none yet. */
final class Things {

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final String MISSING = "null";

    private final Scene scene;

    Things(Scene scene) {
        this.scene = scene;
    }

    /** A path with things of {@code owner} in its braces. */
    String path(String path, Person owner) {
        return path.contains("{") ? path.replaceAll("\\{[A-Za-z]+}", thing(path, owner)) : path;
    }

    /** The same path with something there that nobody has. */
    static String elsewhere(String path) {
        return path.replaceAll("\\{[A-Za-z]+}", UUID.randomUUID().toString());
    }

    private String thing(String path, Person owner) {
        if (path.startsWith("/api/users/")) {
            return owner.id();
        }
        if (path.startsWith("/api/auth/sessions/")) {
            return scene.text(
                    "select id from session where account = '" + owner.id() + "' order by created_at limit 1");
        }
        if (path.startsWith("/api/events/")) {
            return registered(owner);
        }
        if (path.startsWith("/api/admin/dead-letters/")) {
            return deadLetter(owner);
        }
        if (path.startsWith("/api/admin/roles/")) {
            return role();
        }
        if (path.startsWith("/api/event-types/")) {
            return "user.registered";
        }
        throw new AssertionError("say in access.Things what stands in the braces of " + path);
    }

    private String registered(Person owner) {
        var query =
                "select max(id::text) from event where type = 'user.registered' and position is not null and subject = 'user:"
                        + owner.id() + "'";
        await().pollInterval(OFTEN).until(() -> !scene.text(query).equals(MISSING));
        return scene.text(query);
    }

    private String deadLetter(Person owner) {
        var id = UUID.randomUUID().toString();
        scene.node()
                .database()
                .execute(
                        "insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at)"
                                + " values ('" + id + "', 'send-account-mail', '" + registered(owner)
                                + "', 'user.registered', 'user:" + owner.id()
                                + "', 'open', '[]', clock_timestamp(), clock_timestamp())"
                                + " on conflict do nothing");
        return scene.text("select id from dead_letter where state = 'open' and subject = 'user:" + owner.id() + "'");
    }

    private String role() {
        var name = "r" + UUID.randomUUID().toString().replace("-", "");
        scene.node().database().execute("insert into role (name, grants) values ('" + name + "', '{}')");
        return name;
    }

    /** A body with its words filled in. */
    static String body(String body, Person caller) {
        return body.replace("$email", caller.email())
                .replace("$password", WholeNode.PASSWORD)
                .replace("$new", "new" + UUID.randomUUID() + "@example.org")
                .replace("$uuid", UUID.randomUUID().toString());
    }
}
