package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.JavaScript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tests of the client in its own language, {@code src/web/client/test}: with a server in memory, and React in a document of happy-dom. */
class ClientTestsIT {

    @Test
    void allPass() {
        var ended = JavaScript.run(
                Path.of("target/web/client/test.mjs").toAbsolutePath().toString());
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).containsPattern("(?m)^# pass [1-9]\\d*$").contains("# fail 0", "# skipped 0");
    }
}
