package dev.skelly.mail;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** Encodes a mail as a file that mail programs open and people can read (RFC 5322, RFC 2046; bodies unencoded in UTF-8). */
final class EmlFile {

    private static final int ENCODED_BYTES_MAX =
            45; // Base64 makes 60 characters of them, below the 75 of RFC 2047 section 2.

    private EmlFile() {}

    static byte[] bytes(MailConfig config, Email letter) {
        var boundary = "skelly-" + letter.id();
        var eml = String.join(
                "\n",
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                letter.time().atOffset(ZoneOffset.UTC)),
                "From: " + config.from(),
                "To: " + letter.to(),
                "Subject: " + subject(letter.subject()),
                "Message-ID: " + config.messageId(letter),
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"",
                "",
                part(boundary, "plain", letter.text()),
                part(boundary, "html", letter.html()),
                "--" + boundary + "--",
                "");
        return eml.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String part(String boundary, String kind, String content) {
        return String.join(
                "\n",
                "--" + boundary,
                "Content-Type: text/" + kind + "; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                content);
    }

    /* Splits the subject into encoded words of at most so many bytes, none of which ends inside a character. */
    private static String subject(String subject) {
        if (subject.chars().allMatch(c -> c < 0x7f)) {
            return subject;
        }
        var encoded = new StringBuilder();
        var word = new StringBuilder();
        for (var codePoint : subject.codePoints().toArray()) {
            var character = Character.toString(codePoint);
            if ((word + character).getBytes(StandardCharsets.UTF_8).length > ENCODED_BYTES_MAX) {
                encoded.append(encode(word)).append("\n ");
                word.setLength(0);
            }
            word.append(character);
        }
        return encoded.append(encode(word)).toString();
    }

    private static String encode(CharSequence word) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
