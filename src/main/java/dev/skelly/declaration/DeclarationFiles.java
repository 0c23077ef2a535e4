package dev.skelly.declaration;

import dev.skelly.event.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * Looks at the files of a folder without reading them as declarations. It reads the files themselves, because a network mount announces no change
 * and may keep times in whole seconds.
 */
public final class DeclarationFiles {

    private static final int FILE_BYTES_MAX = 1024 * 1024; // A longer one is an error, whatever it contains.

    private final Path folder;

    /** Looks at the {@code .yaml} and {@code .yml} files of a folder, which may be missing. */
    public DeclarationFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns whether there is a folder. Blocks. */
    public boolean exist() {
        return Files.isDirectory(folder);
    }

    /** Returns a text that differs when a name or the content of a file differs. Blocks. */
    public String fingerprint() {
        var digest = Sha256.begin();
        for (var file : list()) {
            digest.update((file + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(Sha256.of(content(file)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<Path> list() {
        if (!exist()) {
            return List.of(Path.of("(missing)"));
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(Path.of("(unreadable)"));
        }
    }

    private static byte[] content(Path file) {
        try {
            var size = Files.size(file);
            return size > FILE_BYTES_MAX ? new byte[] {1} : Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
