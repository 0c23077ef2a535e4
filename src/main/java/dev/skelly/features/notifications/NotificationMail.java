package dev.skelly.features.notifications;

import dev.skelly.event.OneLine;
import dev.skelly.features.notifications.FindMail.MailItem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a mail with notifications.
 *
 * @param subject one line
 * @param text the plain text part
 * @param html the HTML part
 */
record NotificationMail(String subject, String text, String html) {

    private static final String DEFAULT_LANGUAGE = "en";

    /* The words around the notifications, whose own text is the operator's. */
    private record MailFrame(String several, String more, String open, String why) {}

    private static final Map<String, MailFrame> FRAMES = Map.of(
            DEFAULT_LANGUAGE,
            new MailFrame(
                    "%d notifications",
                    "And %d more.",
                    "Open the application",
                    "You can switch off mails about notifications in the preferences of your account."),
            "de",
            new MailFrame(
                    "%d Benachrichtigungen",
                    "Und %d weitere.",
                    "Die Anwendung öffnen",
                    "Sie können Mails über Benachrichtigungen in den Einstellungen Ihres Kontos abschalten."));

    private static final String HTML = """
            <!doctype html>
            <html lang="%1$s">
            <head><meta charset="utf-8"><title>%2$s</title></head>
            <body style="font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; max-width: 36em; margin: 2em auto; padding: 0 1em">
            %3$s
            <p><a href="%4$s">%5$s</a></p>
            <p style="color: #595959">%6$s</p>
            </body>
            </html>
            """;

    /**
     * Writes a mail.
     *
     * @param items at least one
     * @param more the number of notifications besides
     * @param chosen tag of the person's language; null for none. The frame of the mail is English in a language without its own
     */
    static NotificationMail of(URI home, List<MailItem> items, long more, @Nullable String chosen) {
        var language = Languages.best(FRAMES.keySet(), chosen, DEFAULT_LANGUAGE);
        var frame = Objects.requireNonNull(FRAMES.get(language));
        var site = home.toString().replaceFirst("/$", "");
        var subject = items.size() + more == 1
                ? OneLine.unbroken(items.get(0).title())
                : frame.several().formatted(items.size() + more);
        var rest = more == 0 ? "" : frame.more().formatted(more);
        var text = items.stream().map(item -> plain(item, site)).collect(Collectors.joining("\n\n"))
                + (rest.isEmpty() ? "" : "\n\n" + rest)
                + "\n\n" + frame.open() + ":\n\n" + site + "/\n\n" + frame.why() + "\n";
        var body = items.stream().map(item -> html(item, site)).collect(Collectors.joining("\n"))
                + (rest.isEmpty() ? "" : "\n<p>" + rest + "</p>");
        var html = HTML.formatted(language, escape(subject), body, escape(site + "/"), frame.open(), frame.why());
        return new NotificationMail(subject, text, html);
    }

    private static String plain(MailItem item, String site) {
        return item.title()
                + (item.body().isEmpty() ? "" : "\n" + item.body())
                + (item.link() == null ? "" : "\n" + site + item.link());
    }

    private static String html(MailItem item, String site) {
        var title = escape(item.title());
        return "<h2 style=\"font-size: 1.1em\">"
                + (item.link() == null ? title : "<a href=\"" + escape(site + item.link()) + "\">" + title + "</a>")
                + "</h2>"
                + (item.body().isEmpty() ? "" : "\n<p>" + escape(item.body()).replace("\n", "<br>") + "</p>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
