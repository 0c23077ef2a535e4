package dev.skelly.features.accounts.preferences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.RecipientDirectory;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The preferences that notifications follow: {@code language}, {@code timeZone} and {@code notifications}. */
public final class NoticeChoices {

    static final String LANGUAGE = "language";
    static final String TIME_ZONE = "timeZone";
    static final String NOTIFICATIONS = "notifications";

    private static final Set<String> CHANNELS = Set.of("inApp", "mail");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private NoticeChoices() {}

    /** Adds the errors of these preferences. */
    static void check(JsonNode preferences, List<FieldError> faults) {
        var language = preferences.path(LANGUAGE);
        if (!language.isMissingNode() && !isLanguage(language)) {
            faults.add(new FieldError("#/" + LANGUAGE, "language", "must be a language tag such as de or pt-BR"));
        }
        var zone = preferences.path(TIME_ZONE);
        if (!zone.isMissingNode() && !(zone.isTextual() && ZONES.contains(zone.textValue()))) {
            faults.add(new FieldError("#/" + TIME_ZONE, "time-zone", "must be a time zone such as Europe/Berlin"));
        }
        var notifications = preferences.path(NOTIFICATIONS);
        if (notifications.isObject()) {
            notifications.properties().forEach(kind -> checkKind(kind.getKey(), kind.getValue(), faults));
        } else if (!notifications.isMissingNode() && !notifications.isBoolean()) {
            faults.add(new FieldError(
                    "#/" + NOTIFICATIONS, "type", "must be true, false or an object of kinds of notifications"));
        }
    }

    private static boolean isLanguage(JsonNode tag) {
        try {
            return tag.isTextual()
                    && !new Locale.Builder()
                            .setLanguageTag(tag.textValue())
                            .build()
                            .getLanguage()
                            .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    private static void checkKind(String kind, JsonNode channels, List<FieldError> faults) {
        var place = "#/" + NOTIFICATIONS + "/" + kind.replace("~", "~0").replace("/", "~1");
        if (!KIND.matcher(kind).matches()) {
            faults.add(new FieldError(place, "kind", "must have the name of a kind, such as account-security"));
        } else if (!channels.isObject()) {
            faults.add(new FieldError(place, "type", "must be an object such as {\"inApp\": true, \"mail\": false}"));
        }
        channels.properties().forEach(channel -> {
            if (!CHANNELS.contains(channel.getKey())) {
                faults.add(new FieldError(place, "unknown", "must have no other fields than inApp and mail"));
            } else if (!channel.getValue().isBoolean()) {
                faults.add(new FieldError(place + "/" + channel.getKey(), "type", "must be true or false"));
            }
        });
    }

    /**
     * Reads preferences; what is not as expected, because it was stored by an earlier release, counts as not chosen.
     *
     * @param json text of a JSON object; null without preferences
     */
    public static RecipientDirectory.Choices of(@Nullable String json) {
        try {
            var preferences = Json.mapper().readTree(json == null ? "{}" : json);
            var language = preferences.path(LANGUAGE);
            var zone = preferences.path(TIME_ZONE).asText();
            var kinds = new LinkedHashMap<String, Map<String, Boolean>>();
            preferences
                    .path(NOTIFICATIONS)
                    .properties()
                    .forEach(kind -> kinds.put(kind.getKey(), channels(kind.getValue())));
            return new RecipientDirectory.Choices(
                    isLanguage(language) ? language.textValue() : null,
                    ZONES.contains(zone) ? zone : null,
                    !preferences.path(NOTIFICATIONS).isBoolean()
                            || preferences.path(NOTIFICATIONS).booleanValue(),
                    kinds);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored preferences are not JSON", e);
        }
    }

    private static Map<String, Boolean> channels(JsonNode switches) {
        var channels = new LinkedHashMap<String, Boolean>();
        switches.properties().stream()
                .filter(channel -> channel.getValue().isBoolean())
                .forEach(channel ->
                        channels.put(channel.getKey(), channel.getValue().booleanValue()));
        return channels;
    }
}
