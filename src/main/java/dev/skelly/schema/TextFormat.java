package dev.skelly.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.format.Formats;
import dev.skelly.event.Rfc3339;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A format of the library, not asked about texts longer than the {@code maxLength} beside it can allow, and corrected where it is wrong.
 *
 * @param library its rule in the library
 * @param prepared the text for the library
 * @param also what else has to be so
 */
record TextFormat(Format library, UnaryOperator<String> prepared, Predicate<String> also) implements Format {

    private static final int STEPS = 40;
    private static final int CHARS_OF_A_STEP = 8;
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:@]*|\\[([^]]*)])(:[0-9]*)?");
    private static final int HOST_CHARS_MAX = 253;
    private static final int MAILBOX_CHARS_MAX = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final LinearPattern MAILBOX =
            LinearPattern.of("^(?:" + ATOM + "(?:\\." + ATOM + ")*|\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\")$");
    private static final LinearPattern DOMAIN = LinearPattern.of("^" + LABEL + "(?:\\." + LABEL + ")*$");
    private static final String IPV6 = "[IPv6:";

    private static final Map<String, Format> LIBRARY =
            Formats.DEFAULT.stream().collect(Collectors.toMap(Format::getName, format -> format));
    private static final Map<String, Function<Format, TextFormat>> CORRECTED = Map.of(
            "date-time",
            format -> new TextFormat(
                    () -> "date-time", text -> text, text -> Rfc3339.time(text).isPresent()),
            "date",
            format -> new TextFormat(
                    () -> "date", text -> text, text -> Rfc3339.day(text).isPresent()),
            "email",
            format -> new TextFormat(() -> "email", text -> text, TextFormat::isEmail),
            "hostname",
            format -> new TextFormat(format, text -> text, TextFormat::isHost),
            "uri",
            format -> new TextFormat(format, text -> text, TextFormat::hasProperHost),
            "uri-reference",
            format -> new TextFormat(format, text -> text, TextFormat::hasProperHost));

    /** Returns all formats. */
    static List<Format> all() {
        return LIBRARY.values().stream()
                .<Format>map(format -> CORRECTED
                        .getOrDefault(format.getName(), other -> new TextFormat(other, text -> text, text -> true))
                        .apply(format))
                .toList();
    }

    @Override
    public String getName() {
        return library.getName();
    }

    @Override
    public boolean matches(ExecutionContext context, SchemaContext schema, String text) {
        if (!ValueKeywords.isMatched(text)) {
            return true;
        }
        ValidationRun.charge(context, STEPS + text.length() / CHARS_OF_A_STEP);
        return library.matches(context, schema, prepared.apply(text)) && also.test(text);
    }

    /* The library does not decode names that begin with xn-- for this format. */
    private static boolean isHost(String text) {
        return text.length() <= HOST_CHARS_MAX && isIn("idn-hostname", text);
    }

    /* The library takes what is no port or no user for a part of the host, and does not examine addresses. */
    private static boolean hasProperHost(String text) {
        try {
            var authority = new URI(text).getRawAuthority();
            if (authority == null) {
                return true;
            }
            var host = HOST_AND_PORT.matcher(authority.substring(authority.indexOf('@') + 1));
            return host.matches()
                    && (host.group(2) == null || host.group(2).startsWith("v") || isIn("ipv6", host.group(2)));
        } catch (URISyntaxException e) {
            return true; // The library has decided.
        }
    }

    /* The library knows an old list of top-level domains. */
    private static boolean isEmail(String text) {
        var at = text.lastIndexOf('@');
        if (at < 0 || at > MAILBOX_CHARS_MAX || !MAILBOX.isFoundIn(text.substring(0, at))) {
            return false;
        }
        var domain = text.substring(at + 1);
        if (!domain.startsWith("[") || !domain.endsWith("]")) {
            return DOMAIN.isFoundIn(domain);
        }
        return domain.startsWith(IPV6)
                ? isIn("ipv6", domain.substring(IPV6.length(), domain.length() - 1))
                : isIn("ipv4", domain.substring(1, domain.length() - 1));
    }

    private static boolean isIn(String format, String text) {
        return Objects.requireNonNull(LIBRARY.get(format)).matches(new ExecutionContext(), text);
    }
}
