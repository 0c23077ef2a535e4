package dev.skelly;

import dev.skelly.cli.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

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
}
