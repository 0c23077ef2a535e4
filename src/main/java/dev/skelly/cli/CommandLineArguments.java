package dev.skelly.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the command line: {@code --a.b=c} is a setting at any place; {@code --a.b} alone means {@code true}.
 *
 * @param settings by key; a later value for a key takes precedence
 * @param file named by {@code --config=FILE}; null without one
 * @param words all other arguments, in order
 */
record CommandLineArguments(
        Map<String, String> settings, @Nullable Path file, List<String> words) {

    private static final Pattern SETTING =
            Pattern.compile("--(?<key>[^=]*\\.[^=]*|roles)(=(?<value>.*))?", Pattern.DOTALL);
    private static final String FILE = "--config=";

    static CommandLineArguments sort(String... words) {
        var settings = new LinkedHashMap<String, String>();
        var others = new ArrayList<String>();
        Path file = null;
        for (var word : words) {
            var setting = SETTING.matcher(word);
            if (word.startsWith(FILE)) {
                file = Path.of(word.substring(FILE.length()));
            } else if (setting.matches()) {
                var value = setting.group("value");
                settings.put(setting.group("key"), value == null ? "true" : value);
            } else {
                others.add(word);
            }
        }
        return new CommandLineArguments(settings, file, others);
    }
}
