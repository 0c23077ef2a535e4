package dev.skelly.http;

import java.nio.file.Path;

/**
 * Settings of the application's own pages, under {@code web}.
 *
 * @param dir folder of the files that are served at {@code /app/}. A missing folder means no pages
 */
public record PagesConfig(Path dir) {

    /** A folder beside the settings of the working directory. */
    public static final PagesConfig DEFAULT = new PagesConfig(Path.of("web"));

    /** Rejects an empty path, which would serve the working directory. */
    public PagesConfig {
        if (dir.toString().isBlank()) {
            throw new IllegalArgumentException("web.dir: empty (expected: a folder)");
        }
    }
}
