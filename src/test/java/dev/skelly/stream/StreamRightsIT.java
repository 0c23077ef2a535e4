package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.auth.RightsTable;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rights that end while streams are open, on two nodes of one database: within a second nothing more is given, nor replayed. */
class StreamRightsIT {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final StreamNode here = new StreamNode(database, StreamConfig.DEFAULT);
    private final StreamNode there = new StreamNode(database, StreamConfig.DEFAULT);

    @AfterEach
    void stop() {
        here.close();
        there.close();
        database.close();
    }

    @Test
    void endsAllStreamsOfASignInThatEnds() {
        // Given
        var phone = here.person();
        var laptop = here.signIn(phone.account());
        var phoneTabs = List.of(ready(here, phone, ""), ready(there, phone, "?channels=public"));
        var laptopTab = ready(here, laptop, "");

        // When
        here.transact(tx -> RightsTable.endSession(tx, phone.account(), phone.session()));

        // Then
        soon(() -> phoneTabs.stream().allMatch(SseClient::ended));
        assertThat(phoneTabs).allMatch(tab -> tab.lastControl("bye").startsWith("{\"reason\":\"auth\""));
        assertThat(laptopTab.ended()).isFalse();
        assertThat(status(there, "", Map.of("Authorization", "Bearer " + phone.token())))
                .isEqualTo(401);
        assertThat(status(there, "", Map.of("Cookie", "session=" + phone.token())))
                .isEqualTo(204);
    }

    @Test
    void givesAndReplaysNothingOfARoleThatWasTaken() {
        // Given
        var clerk = here.person("admin");
        var tabs = List.of(ready(here, clerk, ""), ready(there, clerk, ""));
        var ticket = ticket(here, clerk);

        // When
        here.transact(tx -> RightsTable.voidTokens(tx, clerk.account()));
        soon(() -> tabs.stream().allMatch(SseClient::ended));
        here.appendAndStamp(note("role:admin", 1), note("public", 2));

        // Then
        var old = Map.of("Authorization", "Bearer " + clerk.token());
        for (var node : List.of(here, there)) {
            assertThat(status(node, "?lastEventId=earliest", old)).isEqualTo(401);
        }
        assertThat(status(there, "?ticket=" + ticket, Map.of())).isEqualTo(401);
        var now = ready(here, here.signIn(clerk.account(), 1), "?lastEventId=earliest");
        assertThat(now.notes()).containsExactly("note.written public 2");
        assertThat(tabs).allMatch(tab -> tab.notes().isEmpty());
    }

    @Test
    void opensTopicsThatARoleMayReadUntilItMayNot() {
        // Given
        database.execute("insert into role (name, grants) values ('staff', '{read:topic:staff/*}')");
        here.transact(tx -> RightsTable.roleChanged(tx, "staff"));
        var member = here.person("staff");
        var other = here.person();
        soon(() -> status(there, "?channels=topic:staff/7", bearer(member)) == 200);
        assertThat(status(there, "?channels=topic:staff/7", bearer(other))).isEqualTo(403);
        var tab = ready(there, member, "?channels=topic:staff/7");
        var otherTab = ready(there, other, "");

        // When
        database.execute("update role set grants = '{}' where name = 'staff'");
        here.transact(tx -> RightsTable.roleChanged(tx, "staff"));

        // Then
        soon(tab::ended);
        assertThat(status(there, "?channels=topic:staff/7", bearer(member))).isEqualTo(403);
        assertThat(otherTab.ended()).isFalse();
    }

    @Test
    void givesNothingWhileNobodyCanKnowWhoLostARightAndMissesNothingAfterwards() {
        // Given
        var tab = ready(here, here.person(), "");
        database.execute("alter table rights_change rename to hidden");
        await().until(() -> !here.rights.fresh());

        // When
        here.appendAndStamp(note("public", 1), note("public", 2));
        await().during(SOON).until(() -> tab.notes().isEmpty());
        database.execute("alter table hidden rename to rights_change");

        // Then
        await().until(() -> tab.notes().size() == 2);
        here.appendAndStamp(note("public", 3));
        soon(() -> tab.notes().size() == 3);
        assertThat(tab.control("gap")).isZero();
    }

    private static void soon(Callable<Boolean> isSo) {
        Torture.within("rights change", SOON, isSo);
    }

    private static Map<String, String> bearer(StreamNode.Person person) {
        return Map.of("Authorization", "Bearer " + person.token());
    }

    private static NoteEvent note(String channel, int number) {
        return new NoteEvent.Written(channel, number, "text");
    }

    private static HttpClient client(StreamNode node) {
        return node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(500));
    }

    private static SseClient ready(StreamNode node, StreamNode.Person person, String query) {
        var tab = SseClient.of(client(node), node, person, query);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }

    private static int status(StreamNode node, String query, Map<String, String> headers) {
        return Waiting.on(new SseClient(client(node), node.port(), query, headers).open())
                .statusCode();
    }

    private static String ticket(StreamNode node, StreamNode.Person person) {
        return Waiting.on(Waiting.onLoop(
                node.vertx,
                () -> client(node)
                        .request(HttpMethod.POST, node.port(), "127.0.0.1", "/api/stream/tickets")
                        .map(request -> request.putHeader("Authorization", "Bearer " + person.token()))
                        .compose(request -> request.send())
                        .compose(response -> response.body())
                        .map(body -> new JsonObject(body).getString("ticket"))));
    }
}
