package dev.skelly.config;

import java.util.regex.Pattern;

/** Masks secrets in shown settings: keys, passwords in URLs, arguments of commands. What cannot be told apart from a secret is masked too. */
public final class SecretMasking {

    private static final String MASK = "******";
    private static final String EXPECTED = " (expected: ";
    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|master-key)");
    private static final Pattern COMMAND_KEY = Pattern.compile(".*command");

    /* A password may contain anything that a careless writer left unencoded, except another URL. */
    private static final Pattern LOGIN = Pattern.compile("(?<=://)([^:/?#@\\s]*):(?:(?!://).)*(?=@)");

    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)((?<![\\w.%-])(?:[\\w.%-]*(?:passw|passphrase|pwd|secret|token|credential|signature)[\\w.%-]*|(?:[\\w.%-]*[_.-])?key)=)[^&\\s]+");

    private SecretMasking() {}

    /** Returns the value of a setting as it is shown. */
    static String apply(String key, String text) {
        if (SECRET_KEY.matcher(key).matches()) {
            return new SecretValue(text).toString();
        }
        return COMMAND_KEY.matcher(key).matches() ? command(text.strip()) : text(text);
    }

    /* A password may be any argument, or a variable before the program. */
    private static String command(String text) {
        var words = text.split("\\s+", 2);
        if (words.length == 1) {
            return words[0].contains("=") ? MASK : words[0];
        }
        return words[0].contains("=") ? MASK : words[0] + " " + MASK;
    }

    /** Returns an error with masked passwords of URLs in the value that was found. The expected form stays as it is. */
    static String sentence(String sentence) {
        var expected = sentence.lastIndexOf(EXPECTED);
        return expected < 0 ? text(sentence) : text(sentence.substring(0, expected)) + sentence.substring(expected);
    }

    /** Returns a text with masked passwords of URLs: those before the host, and parameters whose names say that they are secret. */
    public static String text(String text) {
        return PARAMETER.matcher(LOGIN.matcher(text).replaceAll("$1:" + MASK)).replaceAll("$1" + MASK);
    }
}
