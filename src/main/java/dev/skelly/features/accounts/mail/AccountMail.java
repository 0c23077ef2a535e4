package dev.skelly.features.accounts.mail;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The texts of a mail about an account. They contain no input of the caller, who could otherwise write to another person's address.
 *
 * @param text the plain text part
 * @param html the HTML part
 * @param notice whether it reports a change that the account's owner must hear of; counted apart from mails that anyone can request
 */
public record AccountMail(String subject, String text, String html, boolean notice) {

    private static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%1$s</title></head>
            <body style="font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; max-width: 36em; margin: 2em auto; padding: 0 1em">
            <h1 style="font-size: 1.4em">%1$s</h1>
            %2$s
            %3$s
            <p style="color: #595959">%4$s</p>
            </body>
            </html>
            """;

    private static final String HTML_LINK = """
            <p><a href="%1$s" style="display: inline-block; background: #1f4fd8; color: #ffffff; padding: .6em 1.2em; border-radius: .4em; \
            text-decoration: none">%2$s</a></p>
            <p style="word-break: break-all">%1$s</p>
            """;

    /**
     * A link.
     *
     * @param label of the button
     */
    private record MailLink(String label, URI target) {}

    private static AccountMail of(String subject, List<String> sentences, Optional<MailLink> link, String last) {
        var text = "Hello,\n\n" + String.join("\n\n", sentences) + "\n\n"
                + link.map(to -> to.label() + ":\n\n" + to.target() + "\n\n").orElse("") + last + "\n";
        var paragraphs = sentences.stream()
                .map(sentence -> "<p>" + escape(sentence) + "</p>")
                .collect(Collectors.joining("\n"));
        var button = link.map(to -> HTML_LINK.formatted(escape(to.target().toString()), escape(to.label())));
        return new AccountMail(
                subject, text, HTML.formatted(escape(subject), paragraphs, button.orElse(""), escape(last)), false);
    }

    private AccountMail asNotice() {
        return new AccountMail(subject, text, html, true);
    }

    /**
     * Greets a new account.
     *
     * @param proof the verification link; empty when the address needs no verification
     */
    public static AccountMail welcome(URI home, Optional<URI> proof) {
        return of(
                "Welcome to Skelly",
                List.of("You have an account at " + home + "."),
                proof.map(target -> new MailLink("Please confirm that this address is yours", target)),
                "If you did not create it, do nothing. The address stays unconfirmed.");
    }

    /** Sends the verification link again. */
    static AccountMail verification(URI home, URI proof) {
        return of(
                "Confirm your e-mail address",
                List.of("Here is another link for your account at " + home + "."),
                Optional.of(new MailLink("Please confirm that this address is yours", proof)),
                "If you did not ask for it, do nothing. The address stays unconfirmed.");
    }

    /** Sends a password reset link, requested by anyone who typed the address. */
    static AccountMail reset(URI home, URI reset) {
        return of(
                "Set a new password",
                List.of(
                        "We received a request for a new password for your account at " + home + ".",
                        "The link works once and only for a short time. A new password ends all sessions of the account."),
                Optional.of(new MailLink("Set a new password", reset)),
                "If it was not you, do nothing. Your password does not change.");
    }

    /** Reports a changed password. */
    static AccountMail passwordChanged(URI home) {
        return of(
                        "Your password was changed",
                        List.of("The password of your account at " + home
                                + " was changed. All other sessions have ended."),
                        Optional.of(new MailLink("Open the application", home)),
                        "If it was not you, ask for a new password at once. You get the link at this address.")
                .asNotice();
    }

    /** Reports a login on a device on which the account had not logged in before. */
    static AccountMail newDevice(URI home) {
        return of(
                        "A login on a new device",
                        List.of("There was a login to your account at " + home
                                + " with your password, on a device or with a program that had not logged in before."),
                        Optional.of(new MailLink("Open the application", home)),
                        "If it was not you, sign in and change your password now. This ends all other sessions.")
                .asNotice();
    }

    /** Sends the verification link to a requested new address. */
    static AccountMail newEmail(URI home, URI proof) {
        return of(
                "Confirm your new e-mail address",
                List.of("We received a request to use this address for an account at " + home + "."),
                Optional.of(new MailLink("Please confirm that this address is yours", proof)),
                "If it was not you, do nothing. The account keeps its address.");
    }

    /** Reports a requested change to the current address. */
    static AccountMail emailChangeRequested(URI home) {
        return of(
                        "Your e-mail address is about to change",
                        List.of(
                                "We received a request, with your password, to change the e-mail address of your account at "
                                        + home + ". The address changes when the new one is confirmed."),
                        Optional.of(new MailLink("Open the application", home)),
                        "If it was not you, sign in and change your password now. This also cancels the change.")
                .asNotice();
    }

    /** Reports to the owner of an address that it was requested for another account, new or existing. */
    static AccountMail addressTaken(URI home) {
        return of(
                "You have an account already",
                List.of("We received a request to use this address for an account at " + home
                        + ". The address already has one, so nothing changed."),
                Optional.of(new MailLink("Sign in, or ask for a new password", home)),
                "If it was not you, you do not need to do anything.");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
