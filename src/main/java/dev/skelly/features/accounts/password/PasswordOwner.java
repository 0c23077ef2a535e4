package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a password must not be made of: the address and the name of its account.
 *
 * @param email null where the account is not known
 * @param name null without one
 */
public record PasswordOwner(
        @Nullable String email, @Nullable String name) {

    /** For a password whose account is not known. */
    public static final PasswordOwner UNKNOWN = new PasswordOwner(null, null);

    private static final int WORD_CHARS_MIN = 4;
    private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern OUTER_DIGITS = Pattern.compile("^\\p{N}+|\\p{N}+$");

    /**
     * Tells whether a password is the address, the part before its {@code @}, the name, or a word of these of at least four characters. Case,
     * punctuation and digits before and after it make no difference.
     */
    boolean isNamedBy(String password) {
        var whole = letters(password);
        var core = OUTER_DIGITS.matcher(whole).replaceAll("");
        return words().stream().anyMatch(word -> word.equals(whole) || word.equals(core));
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        if (email != null) {
            var local = email.substring(0, Math.max(0, email.lastIndexOf('@')));
            words.add(letters(email));
            add(local, words);
        }
        if (name != null) {
            add(name, words);
        }
        words.removeIf(word -> word.length() < WORD_CHARS_MIN);
        return words;
    }

    private static void add(String text, List<String> words) {
        words.add(letters(text));
        for (var word : GAPS.split(text, -1)) {
            words.add(letters(word));
        }
    }

    private static String letters(String text) {
        return GAPS.matcher(PasswordHasher.composed(text).toLowerCase(Locale.ROOT))
                .replaceAll("");
    }

    /** Contains neither address nor name. */
    @Override
    public String toString() {
        return "PasswordOwner[]";
    }
}
