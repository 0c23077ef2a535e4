package dev.skelly.feature.accounts;

import java.net.URI;
import java.util.Optional;

/**
 * The words of the welcome mail. None of them come from who registered: with somebody else's address they could write to a stranger.
 *
 * @param text for readers without HTML
 * @param html the same for the others
 */
record WelcomeLetter(String text, String html) {

    static final String SUBJECT = "Welcome to Skelly";

    private static final String TEXT = """
            Hello,

            you have an account at %s.
            %s
            If you did not ask for it, do nothing: the address then stays unconfirmed.
            """;

    private static final String TEXT_LINK = """

            Please confirm that this address is yours:

            %s
            """;

    private static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Welcome to Skelly</title></head>
            <body style="font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; max-width: 36em; margin: 2em auto; padding: 0 1em">
            <h1 style="font-size: 1.4em">Welcome</h1>
            <p>You have an account at <a href="%1$s">%1$s</a>.</p>
            %2$s
            <p style="color: #595959">If you did not ask for it, do nothing: the address then stays unconfirmed.</p>
            </body>
            </html>
            """;

    private static final String HTML_LINK = """
            <p>Please confirm that this address is yours:</p>
            <p><a href="%1$s" style="display: inline-block; background: #1f4fd8; color: #ffffff; padding: .6em 1.2em; border-radius: .4em; \
            text-decoration: none">Confirm the address</a></p>
            <p style="word-break: break-all">%1$s</p>
            """;

    /**
     * Writes to somebody new.
     *
     * @param home where the application is
     * @param link where the person proves the address; empty when there is nothing to prove
     */
    static WelcomeLetter of(URI home, Optional<URI> link) {
        var text = TEXT.formatted(home, link.map(TEXT_LINK::formatted).orElse(""));
        var html = HTML.formatted(
                escape(home.toString()),
                link.map(uri -> HTML_LINK.formatted(escape(uri.toString()))).orElse(""));
        return new WelcomeLetter(text, html);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
