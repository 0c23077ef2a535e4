package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Readers rely on the words of reasons, so wherever people read of them all stand, and the page has a sentence for each gap. */
final class ReasonsTest {

    @Test
    void theReferenceNamesEachReason() throws IOException {
        var reference = Files.readString(Path.of("src", "docs", "reference.md"));
        var control = reference.substring(reference.indexOf("Control events:"));
        var gaps = control.substring(control.indexOf("`skelly.gap`"), control.indexOf("`skelly.bye`"));
        var byes = control.substring(control.indexOf("`skelly.bye`"), control.indexOf("`retryMs`"));
        assertThat(GapReason.words()).allSatisfy(word -> assertThat(gaps).contains("`" + word + "`"));
        assertThat(CloseReason.words()).allSatisfy(word -> assertThat(byes).contains("`" + word + "`"));
    }

    @Test
    void thePageHasASentenceForEachGap() throws IOException {
        var page = Files.readString(Path.of("src", "main", "resources", "web", "titles.js"));
        var gaps = page.substring(page.indexOf("const GAPS = {"));
        var sentences = gaps.substring(0, gaps.indexOf("};"));
        assertThat(GapReason.words())
                .allSatisfy(word -> assertThat(sentences).containsPattern("\\s'?" + word + "'?: '[A-Z]"));
    }
}
