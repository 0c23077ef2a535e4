package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A worker's process dies after its effect was committed and before the broker heard that the message is settled (catalogue A-03). */
class MailOnceIT {

    private static final String HTTP_ROLES = "--roles=http,stream,persistence,relay";
    private static final String WORK_ROLES = "--roles=persistence,work";

    @Test
    void oneRegistrationIsOneMail(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        try (var stage = Stage.empty(folder, 1);
                var proxy = new ChaosProxy(stage.services().brokerPort())) {
            // Given
            var mail = "--mail.smtp-url=smtp://127.0.0.1:" + smtp.getSmtp().getPort();
            stage.startNode(0, List.of(HTTP_ROLES, mail));
            var worker = stage.startNode(1, List.of(WORK_ROLES, mail, "--broker.url=amqp://127.0.0.1:" + proxy.port()));
            stage.api().nodes(List.of(stage.nodes().get(0).url()));
            proxy.silenceClientAfter("user.registered");

            // When
            var answer = stage.api()
                    .send(
                            "POST",
                            "/api/auth/register",
                            null,
                            UUID.randomUUID(),
                            Map.of("email", "ada@example.org", "password", "correct horse battery staple"))
                    .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(proxy.awaitSilence(Duration.ofSeconds(20))).isTrue();
            await().until(() -> done(stage, "welcome-mail") == 1);
            assertThat(smtp.getReceivedMessages()).hasSize(1);
            worker.process().kill();
            stage.startNode(1, List.of(WORK_ROLES, mail));
            await().until(() -> done(stage, "update-analytics") >= 2);

            // Then
            await().during(Duration.ofSeconds(3)).until(() -> smtp.getReceivedMessages().length == 1);
            assertThat(done(stage, "welcome-mail")).isEqualTo(1);
        } finally {
            smtp.stop();
        }
    }

    private static int done(Stage stage, String worker) throws SQLException {
        try (var connection = stage.services().connect();
                var query = connection.prepareStatement(
                        "select count(*) from work_done where worker = number_of_worker(?)")) {
            query.setString(1, worker);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
