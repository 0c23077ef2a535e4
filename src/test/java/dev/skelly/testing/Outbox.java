package dev.skelly.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The letters that a whole node without a mail server wrote as files. */
public final class Outbox {

    private Outbox() {}

    /**
     * Waits for the letter with a link to an address; the token in that link.
     *
     * @param purpose as it stands in the link, e.g. {@code reset-password}
     */
    public static String token(WholeNode node, String to, String purpose) {
        var link = Pattern.compile("#" + purpose + "=([A-Za-z0-9_-]{43})\\s");
        return await().until(() -> find(node.folder().resolve("outbox"), to, link), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> find(Path outbox, String to, Pattern link) {
        if (!Files.isDirectory(outbox)) {
            return Optional.empty();
        }
        try (var letters = Files.list(outbox)) {
            return letters.filter(letter -> letter.toString().endsWith(".eml"))
                    .map(Outbox::text)
                    .filter(text -> text.contains("To: " + to))
                    .flatMap(text -> link.matcher(text).results())
                    .map(MatchResult::group)
                    .map(found -> found.substring(found.indexOf('=') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path letter) {
        try {
            return Files.readString(letter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
