package dev.skelly.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 500ms}, {@code 30s} or {@code 5m} of the command line. */
final class TimeOption implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);

    @Override
    public Duration convert(String text) {
        var time = TIME.matcher(text);
        if (!time.matches()) {
            throw new TypeConversionException("'" + text + "' (expected: a time such as 500ms, 30s, 5m)");
        }
        return Duration.ofMillis(Long.parseLong(time.group(1)) * MILLIS.getOrDefault(time.group(2), 1L));
    }
}
