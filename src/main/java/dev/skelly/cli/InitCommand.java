package dev.skelly.cli;

import dev.skelly.config.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init} */
@Command(
        name = "init",
        description = "Writes an example to start from: event types, a page and a README. Overwrites nothing.",
        footer = {
            "",
            "Writes conf/events/list.yaml, web/index.html and README.md. If one of them exists, names all that exist, writes nothing and ends",
            "with exit code 1."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private static final List<String> FILES = List.of("conf/events/list.yaml", "web/index.html", "README.md");

    private final Program program;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "",
            description = "folder to write to, which is created if it is missing; default: the working directory")
    private Path folder = Path.of("");

    InitCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        requireNew();
        var written = new ArrayList<Path>();
        for (var name : FILES) {
            try {
                written.add(write(name));
            } catch (IOException e) {
                written.forEach(InitCommand::delete);
                throw new StartException(
                        folder.resolve(name) + " cannot be written, so nothing is (expected: a folder that "
                                + "this user may write to): " + e.getClass().getSimpleName());
            }
        }
        written.forEach(file -> program.say("written " + file));
        var away = folder.toString().isEmpty() || folder.equals(Path.of("."));
        program.say("next: " + (away ? "" : "cd " + folder + ", then ")
                + "java -jar skelly.jar, then open http://127.0.0.1:8080/app/");
        return Program.OK;
    }

    private void requireNew() {
        var existing = FILES.stream()
                .map(folder::resolve)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toString)
                .toList();
        if (!existing.isEmpty()) {
            throw new StartException("nothing is written, because these exist: " + String.join(", ", existing)
                    + " (expected: a folder without them)");
        }
    }

    private Path write(String name) throws IOException {
        var file = folder.resolve(name);
        var parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (var content = InitCommand.class.getResourceAsStream("/init/" + name)) {
            if (content == null) {
                throw new IllegalStateException("/init/" + name + " is missing from the class path");
            }
            Files.copy(content, file); // Fails if another program has made the file meanwhile.
        }
        return file;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new StartException(
                    file + " was written and cannot be deleted (expected: a folder that stays as it is)");
        }
    }
}
