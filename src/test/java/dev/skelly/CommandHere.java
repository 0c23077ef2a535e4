package dev.skelly;

import dev.skelly.cli.Program;
import dev.skelly.database.DatabaseAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The command line in the JVM of the test, for commands of which a process of their own would show nothing more. */
public final class CommandHere {

    /**
     * What a command ended with.
     *
     * @param words results and errors in the order in which they were printed
     */
    public record Said(int code, String words) {}

    private CommandHere() {}

    /** Runs one command line with an empty environment until it ends; sets the log's format and level as the command does. */
    public static Said run(String... words) {
        var said = new StringWriter();
        var writer = new PrintWriter(said, true);
        var code = new Program(new Skelly(), Map.of(), writer, writer).run(words);
        return new Said(code, said.toString());
    }

    /** Runs one command line over a database. */
    public static Said over(DatabaseAddress at, Path dataFolder, String... words) {
        var flags = Stream.of(
                "--data.dir=" + dataFolder,
                "--db.url=postgresql://" + at.host() + ":" + at.port() + "/" + at.database(),
                "--db.user=" + at.user(),
                "--db.password=" + at.password(),
                "--security.unsealed-keys=true");
        return run(Stream.concat(Stream.of(words), flags).toArray(String[]::new));
    }
}
