package dev.skelly.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Converts the values of settings from and to text. */
final class ValueParser {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private ValueParser() {}

    /**
     * Parses a text as a component's type.
     *
     * @throws IllegalArgumentException whose message is the expected form
     */
    static Object read(String text, Type type) {
        if (type instanceof ParameterizedType many) {
            var items = items(text, many.getActualTypeArguments()[0]);
            return many.getRawType() == List.class ? items : new LinkedHashSet<>(items);
        }
        var kind = (Class<?>) type;
        if (kind == String.class) {
            return text;
        } else if (kind == SecretValue.class) {
            return new SecretValue(text);
        } else if (kind == int.class) {
            return number(text).intValueExact();
        } else if (kind == long.class) {
            return number(text).longValueExact();
        } else if (kind == double.class) {
            return decimal(text);
        } else if (kind == boolean.class) {
            return flag(text);
        } else if (kind == Duration.class) {
            return time(text);
        } else if (kind == Path.class) {
            return Path.of(text);
        } else if (kind.isEnum()) {
            return constant(text, kind);
        }
        throw new IllegalStateException("settings of type " + type.getTypeName() + " are not known");
    }

    private static List<Object> items(String text, Type type) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(item -> read(item, type))
                .toList();
    }

    private static BigInteger number(String text) {
        try {
            var number = new BigInteger(text);
            if (number.bitLength() < Integer.SIZE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the expected form.
        }
        throw new IllegalArgumentException("a whole number");
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number", e);
        }
    }

    private static boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("true or false");
    }

    private static Duration time(String text) {
        var parts = TIME.matcher(text);
        if (parts.matches()) {
            return UNITS.getOrDefault(parts.group(2), Duration.ZERO).multipliedBy(Long.parseLong(parts.group(1)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time such as 500ms, 15s, 10m, 2h, 14d", e);
        }
    }

    private static Object constant(String text, Class<?> kind) {
        for (var constant : kind.getEnumConstants()) {
            if (write(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("one of "
                + Arrays.stream(kind.getEnumConstants()).map(ValueParser::write).collect(Collectors.joining(", ")));
    }

    /** Returns the text from which {@link #read} makes the value again. Secrets are masked. */
    static String write(Object value) {
        if (value instanceof Collection<?> items) {
            var texts = items.stream().map(ValueParser::write);
            // Sorts sets, so that they are shown the same each time. The order of a list may have a meaning.
            return (items instanceof List ? texts : texts.sorted()).collect(Collectors.joining(","));
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } else if (value instanceof Duration time) {
            return shortest(time);
        }
        return value.toString();
    }

    private static String shortest(Duration time) {
        for (var unit : List.of("d", "h", "m", "s", "ms")) {
            var one = UNITS.getOrDefault(unit, Duration.ZERO);
            if (!time.isZero() && one.multipliedBy(time.dividedBy(one)).equals(time)) {
                return time.dividedBy(one) + unit;
            }
        }
        return time.isZero() ? "0s" : time.toString();
    }
}
