package dev.skelly.features.notifications;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Language tags (BCP 47). */
final class Languages {

    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());

    private Languages() {}

    /** Tells whether a text is the tag of a language that ISO 639 lists. */
    static boolean known(String tag) {
        try {
            return CODES.contains(
                    new Locale.Builder().setLanguageTag(tag).build().getLanguage());
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /**
     * Chooses a language.
     *
     * @param offered tags, among them {@code otherwise}
     * @param chosen a tag; null for none
     * @return the chosen one, else its language without region, else {@code otherwise}
     */
    static String best(Set<String> offered, @Nullable String chosen, String otherwise) {
        if (chosen == null) {
            return otherwise;
        }
        if (offered.contains(chosen)) {
            return chosen;
        }
        var plain = Locale.forLanguageTag(chosen).getLanguage();
        return offered.contains(plain) ? plain : otherwise;
    }
}
