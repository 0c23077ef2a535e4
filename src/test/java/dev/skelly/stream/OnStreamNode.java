package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node with the default settings of streams, and a client. */
abstract class OnStreamNode {

    private TestDatabase database;
    StreamNode node;
    HttpClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh("security", "stream");
        node = new StreamNode(database, StreamConfig.DEFAULT);
        client = node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(keepsAlive()), new PoolOptions().setHttp1MaxSize(200));
    }

    /** Returns whether the client uses a connection for several requests. */
    boolean keepsAlive() {
        return false;
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    static NoteEvent note(String channel, int number) {
        return new NoteEvent.Written(channel, number, "text");
    }

    /** An event stream to which live events come. */
    final SseClient ready(StreamNode.Person person, String query) {
        var tab = SseClient.of(client, node, person, query);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }
}
