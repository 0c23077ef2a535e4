package dev.skelly.http;

import dev.skelly.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Names the inline scripts of a page for its content security policy, so that a browser runs these and none that was injected. */
final class InlineScripts {

    private static final int SCRIPTS_MAX = 100; // Each adds 54 characters to a header.
    private static final Pattern SCRIPT = Pattern.compile(
            "<script(?:\\s(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)?>(.*?)</script",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private InlineScripts() {}

    /** Returns the source expressions, such as {@code 'sha256-…'}, of the first {@value #SCRIPTS_MAX} scripts of a page. */
    static List<String> sources(String html) {
        return SCRIPT.matcher(html)
                .results()
                .map(script -> script.group(1))
                .filter(text -> !text.isBlank())
                .distinct()
                .limit(SCRIPTS_MAX)
                .map(InlineScripts::source)
                .toList();
    }

    /* A browser digests the text as it has parsed it, with line feeds only. */
    private static String source(String text) {
        var parsed = text.replace("\r\n", "\n").replace('\r', '\n');
        var digest = Sha256.of(parsed.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
