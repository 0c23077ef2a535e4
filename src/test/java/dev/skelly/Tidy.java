package dev.skelly;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * Looks for untidiness in source files that the compiler does not mind. All faults are gathered, then told together.
 *
 * @param root folder of the project, with {@code src/main/java} in it
 */
record Tidy(Path root) {

    private static final int FILE_LINES_MAX = 300;
    private static final int METHOD_LINES_MAX = 40;
    private static final Pattern TEXT = Pattern.compile(".*\\.(java|m?js|ts|css|html|sql|sh|ya?ml)");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.}~/])/(?:root|home|work)/");

    /* Of a thread, of a unit of time, or parked. */
    private static final Pattern SLEEP =
            Pattern.compile("\\.\\s*sleep\\s*\\(|import\\s+static\\s.*\\.sleep;|\\bpark(?:Nanos|Until)\\s*\\(");

    /* In a test there is nothing else that one could do with one. */
    private static final Pattern TIMER = Pattern.compile("\\.\\s*(?:setTimer|timer|delayedExecutor)\\s*\\(");

    /* Private words for what has a name in the field: feature, authenticator, update batcher, closing, preflight check, request. */
    private static final Pattern GONE = Pattern.compile("(?i)(?<!topic:)\\b(?:rooms?(?!})|door" + "keeper|news"
            + "desk|fare" + "well|thresh" + "old|wi" + "sh)\\b");

    /* What npm and the build put beside the sources of those who work on the client. */
    private static final Pattern INSTALLED =
            Pattern.compile("(?:^|/)(?:node_modules|dist|src/web/client/build)(?:/|$)");

    private static final String MEANT = "// The time itself is meant";
    private static final String TESTS = "src/test/java/";
    private static final String PLANTED = TESTS + "dev/skelly/planted/";
    private static final String MEASURED = TESTS + "dev/skelly/bench/"; // Figures over a time; no tests.

    /** Everything that is untidy, as {@code rule: place}; empty when nothing is. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (var file : files("src", TEXT)) {
            lookAtText(file, faults);
        }
        for (var file : files("scripts", Pattern.compile(".*"))) {
            lookAtText(file, faults);
        }
        for (var file : files("src/main/java", Pattern.compile(".*\\.java"))) {
            lookAtPackage(file, faults);
        }
        for (var file : files("src", Pattern.compile("package-lock\\.json"))) {
            lookAtLock(file, faults);
        }
        lookAtWords(faults);
        lookAtTrees(files("src", Pattern.compile(".*\\.java")), faults);
        return faults.stream().distinct().sorted().toList();
    }

    private void lookAtWords(List<String> faults) {
        var texts = Stream.of(
                        files("src/main", Pattern.compile(".*\\.(java|js|html|sql|ya?ml|properties)")),
                        files("src/web", Pattern.compile(".*\\.(m?js|ts|md)")),
                        files("src/docs", Pattern.compile(".*\\.md")),
                        files("conf", Pattern.compile(".*")),
                        Stream.of(root.resolve("README.md"))
                                .filter(Files::exists)
                                .toList())
                .flatMap(List::stream);
        texts.forEach(file -> {
            var lines = lines(file);
            for (var i = 0; i < lines.size(); i++) {
                if (GONE.matcher(lines.get(i)).find()) {
                    faults.add("private word: " + place(file, i + 1));
                }
            }
        });
    }

    private List<Path> files(String folder, Pattern name) {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            !INSTALLED.matcher(root.relativize(file).toString()).find())
                    .filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lookAtText(Path file, List<String> faults) {
        var lines = lines(file);
        if (lines.size() > FILE_LINES_MAX) {
            faults.add("file too long: " + place(file, lines.size()));
        }
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (UNFINISHED.matcher(line).find()) {
                faults.add("unfinished: " + place(file, i + 1));
            }
            if (MACHINE_PATH.matcher(line).find()) {
                faults.add("path of one machine: " + place(file, i + 1));
            }
            if (waits(file, line)) {
                faults.add("sleep: " + place(file, i + 1));
            }
        }
    }

    /* The registry is the machine's business. */
    private void lookAtLock(Path file, List<String> faults) {
        var lines = lines(file);
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("\"resolved\":")) {
                faults.add("names a registry: " + place(file, i + 1));
            }
        }
    }

    private boolean waits(Path file, String line) {
        var place = root.relativize(file).toString();
        var test = place.startsWith(TESTS) && !place.startsWith(MEASURED) && !line.contains(MEANT);
        var found = SLEEP.matcher(line).find() || (test && TIMER.matcher(line).find());
        return found && !place.startsWith(PLANTED);
    }

    private void lookAtPackage(Path file, List<String> faults) {
        var description = file.resolveSibling("package-info.java");
        if (!Files.exists(description)) {
            faults.add("no package-info: " + root.relativize(file.resolveSibling("")));
        } else if (lines(description).stream().noneMatch(line -> line.equals("@NullMarked"))) {
            faults.add("package not @NullMarked: " + root.relativize(description));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not text", e);
        }
    }

    private String place(Path file, long line) {
        return root.relativize(file) + ":" + line;
    }

    private void lookAtTrees(List<Path> files, List<String> faults) {
        if (files.isEmpty()) {
            return;
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    fault -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            var trees = DocTrees.instance(task);
            var names = new TreeMap<String, List<String>>();
            for (var unit : task.parse()) {
                new Look(trees, unit, faults, names).scan(unit, null);
            }
            names.values().stream()
                    .filter(places -> places.size() > 1)
                    .forEach(places -> faults.add("class name stands twice: " + String.join(", ", places)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is seen only in the tree of a file. */
    private final class Look extends TreePathScanner<Void, Void> {

        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final Path file;
        private final List<String> faults;
        private final Map<String, List<String>> names;

        Look(DocTrees trees, CompilationUnitTree unit, List<String> faults, Map<String, List<String>> names) {
            this.names = names;
            this.trees = trees;
            this.unit = unit;
            this.file = Path.of(unit.getSourceFile().toUri());
            this.faults = faults;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            var topLevel = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            var shown = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (topLevel && shown && trees.getDocComment(getCurrentPath()) == null) {
                faults.add("public type without Javadoc: " + place(file, line(type, false)));
            }
            if (root.relativize(file).startsWith("src/main/java")
                    && !type.getSimpleName().isEmpty()) {
                names.computeIfAbsent(type.getSimpleName().toString(), name -> new ArrayList<>())
                        .add(place(file, line(type, false)));
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            var lines = line(method, true) - line(method, false) + 1;
            if (lines > METHOD_LINES_MAX) {
                faults.add("method of " + lines + " lines: " + place(file, line(method, false)));
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void none) {
            var printing =
                    select.toString().equals("System.out") || select.toString().equals("System.err");
            if (printing && mayNotPrint()) {
                faults.add("prints: " + place(file, line(select, false)));
            }
            return super.visitMemberSelect(select, null);
        }

        private boolean mayNotPrint() {
            var relative = root.relativize(file).toString();
            return relative.startsWith("src/main/java/")
                    && !relative.contains("/cli/")
                    && !relative.endsWith("/Skelly.java");
        }

        private long line(Tree tree, boolean end) {
            var positions = trees.getSourcePositions();
            var position = end ? positions.getEndPosition(unit, tree) : positions.getStartPosition(unit, tree);
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
