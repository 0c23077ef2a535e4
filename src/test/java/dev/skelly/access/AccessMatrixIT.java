package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every cell of the access matrix, asked of one running node (security test E-01). A refusal is a problem document, names nobody, changes
 * nothing, and is the same for what is somebody else's as for what is not there.
 */
class AccessMatrixIT {

    private static final int REFUSED = 400;
    private static final int NOT_ALLOWED = 405;
    private static final AccessMatrix MATRIX = AccessMatrix.read();
    private static final Set<String> NAMING =
            FeatureLines.read().values("naming").keySet();

    private static final PersonalTables TABLES = new PersonalTables(FeatureLines.read());

    @SuppressWarnings("NullAway.Init")
    private static Scene scene;

    @SuppressWarnings("NullAway.Init")
    private static Things things;

    @SuppressWarnings("NullAway.Init")
    private static List<String> tables;

    private static final Map<String, DescribedRoute> ROUTES = new HashMap<>();

    @BeforeAll
    static void start() {
        scene = new Scene(Map.of("http.correlation-from-request-id", "true"));
        things = new Things(scene);
        tables = scene.texts(PersonalTables.NAMES);
        DescribedRoute.of(scene.node()).forEach(route -> ROUTES.put(route.name(), route));
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void runningNodeAnswersWhatTheMatrixIsAbout() {
        assertThat(MATRIX.gaps(ROUTES.keySet())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void answersEachCallerAsTheMatrixSays(Caller caller) {
        var faults = new ArrayList<String>();
        for (var row : MATRIX.rows()) {
            var cell = new Cell(row, caller);
            cell.ask();
            cell.faults.forEach(fault -> faults.add(row.route() + ": " + fault));
        }
        assertThat(faults).as(caller.toString()).isEmpty();
    }

    /** One row and one caller. */
    private static final class Cell {

        private final AccessMatrix.Row row;
        private final Caller caller;
        private final int expected;
        private final Person owner;
        private final Person asker;
        private final List<String> faults = new ArrayList<>();

        Cell(AccessMatrix.Row row, Caller caller) {
            this.row = row;
            this.caller = caller;
            this.expected = row.statuses().getOrDefault(caller, 0);
            var using = expected < REFUSED && !row.reading(); // It may use up who asks, and whose it is.
            this.owner = using ? scene.fresh(Caller.OWNER) : scene.of(Caller.OWNER);
            this.asker = asker(using);
        }

        private Person asker(boolean using) {
            if (caller == Caller.OWNER || caller == Caller.ANONYMOUS) {
                return owner;
            }
            return using ? scene.fresh(caller) : scene.of(caller);
        }

        void ask() {
            var path = things.path(row.path(), owner);
            var before = state();
            var requestId = UUID.randomUUID().toString();
            var answer = call(path, requestId);
            if (answer.status() != expected) {
                faults.add("answered " + answer.status() + " instead of " + expected + " " + answer.body());
            }
            if (answer.status() >= REFUSED) {
                refused(answer, path);
                unchanged(before, requestId);
            }
            if (caller != Caller.ADMIN && caller != Caller.OWNER && row.reading()) {
                namesNobody(answer);
            }
            if (row.reading()) {
                sameWithoutBody(answer, path);
            }
        }

        /* Each table's name and what is in it. Workers change none of it by themselves once the owner is there. */
        private List<String> state() {
            return scene.texts(TABLES.state(tables, owner.id()));
        }

        private Scene.Answer call(String path, String requestId) {
            var headers = new HashMap<>(Map.of("X-Request-Id", requestId));
            var route = ROUTES.get(row.route());
            if (route != null && route.matching()) {
                headers.put("If-Match", "*");
            }
            return scene.call(row.method(), path, token(), Things.body(row.body(), asker), headers);
        }

        private String token() {
            return caller == Caller.ANONYMOUS ? "" : asker.token();
        }

        private void refused(Scene.Answer answer, String path) {
            if (!answer.header("content-type").equals("application/problem+json")) {
                faults.add("no problem document: " + answer);
                return;
            }
            namesNobody(answer);
            var problem = scene.node().read(answer.body());
            for (var member : List.of("type", "title", "status", "detail", "code", "requestId")) {
                if (!problem.has(member)) {
                    faults.add("a problem without " + member + ": " + answer.body());
                }
            }
            if (path.equals(row.path()) || caller == Caller.OWNER) {
                return;
            }
            var nowhere = call(Things.elsewhere(row.path()), UUID.randomUUID().toString());
            var other = scene.node().read(nowhere.body());
            for (var member : List.of("status", "code", "detail", "title", "type")) {
                if (!other.path(member).equals(problem.path(member))) {
                    faults.add("tells that it is there: " + answer.body() + " and not there: " + nowhere.body());
                }
            }
        }

        private void unchanged(List<String> before, String requestId) {
            var changed = new ArrayList<>(state());
            changed.removeAll(before);
            if (!changed.isEmpty()) {
                faults.add("changed " + changed + ", though refused");
            }
            if (scene.number("select count(*) from event where correlation = $1", requestId) > 0) {
                faults.add("appended an event, though refused");
            }
        }

        private void namesNobody(Scene.Answer answer) {
            var named = answer.body().contains(owner.name()) && !NAMING.contains(row.route());
            if (answer.body().contains(owner.email()) || named) {
                faults.add("names a person: " + answer.body());
            }
        }

        private void sameWithoutBody(Scene.Answer answer, String path) {
            var head = scene.call("HEAD", path, token(), "", Map.of());
            if (head.status() != answer.status() && head.status() != NOT_ALLOWED) {
                faults.add("HEAD is answered " + head.status());
            }
        }
    }
}
