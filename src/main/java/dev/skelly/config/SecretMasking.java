package dev.skelly.config;

import java.util.regex.Pattern;

/** Masks secrets in shown values of plain text settings: passwords in URLs, keys. */
final class SecretMasking {

    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|master-key)");
    private static final Pattern LOGIN = Pattern.compile("(?<=://)([^:/?#@]*):[^/?#]*(?=@)");

    private SecretMasking() {}

    static String apply(String key, String text) {
        return SECRET_KEY.matcher(key).matches()
                ? new SecretValue(text).toString()
                : LOGIN.matcher(text).replaceAll("$1:******");
    }
}
