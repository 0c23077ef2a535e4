package dev.skelly.cli;

import java.io.File;
import java.nio.file.Path;

/** The command that runs this program, for people to copy. */
final class OwnJar {

    private OwnJar() {}

    /** Returns {@code java -jar} and the path of the jar that runs; its usual name when the classes are in no jar. */
    static String command() {
        var classes = System.getProperty("java.class.path", "");
        var alone = classes.endsWith(".jar") && !classes.contains(File.pathSeparator);
        return "java -jar "
                + (alone ? ShellWord.of(Path.of(classes).toAbsolutePath().normalize()) : "skelly.jar");
    }
}
