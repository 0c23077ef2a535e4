package dev.skelly.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies the server's own folder into a backup while the server writes to it. What it must not contain is listed in the documentation of
 * PostgreSQL: https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP-DATA. Blocks.
 */
final class ClusterFiles extends SimpleFileVisitor<Path> {

    /** The file that is copied after all others. */
    private static final String CONTROL = "global/pg_control";

    /* Their content is of the moment, or belongs to this server alone; a restored server fills them itself. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Pattern LEFT_OUT =
            Pattern.compile("postmaster\\.(pid|opts)|(backup_label|tablespace_map)(\\.old)?"
                    + "|backup_manifest|current_logfiles(\\.tmp)?|postgresql\\.auto\\.conf\\.tmp|global/pg_control"
                    + "|(.*/)?pg_internal\\.init(\\..*)?|(.*/)?pgsql_tmp[^/]*");

    private final Path data;
    private final String name;
    private final BackupArchive archive;

    private ClusterFiles(Path data, String name, BackupArchive archive) {
        this.data = data;
        this.name = name;
        this.archive = archive;
    }

    /** Adds the files below {@code name} to the archive. Files that come or go meanwhile do no harm. */
    static void copy(Path data, String name, BackupArchive archive) throws IOException {
        var files = new ClusterFiles(data, name, archive);
        Files.walkFileTree(data, files);
        if (!archive.file(name + "/" + CONTROL, data.resolve(CONTROL))) {
            throw new NoSuchFileException(data.resolve(CONTROL).toString());
        }
    }

    private String relative(Path path) {
        return data.relativize(path).toString();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        var relative = relative(folder);
        if (LEFT_OUT.matcher(relative).matches()) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        archive.folder(relative.isEmpty() ? name : name + "/" + relative);
        return EMPTIED.contains(relative) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        var relative = relative(file);
        // One that is gone meanwhile was dropped after the backup began, which the log of writes repeats.
        var copied = LEFT_OUT.matcher(relative).matches() || archive.file(name + "/" + relative, file);
        return copied ? FileVisitResult.CONTINUE : visitFileFailed(file, new NoSuchFileException(relative));
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        return goOn(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : goOn(failure);
    }

    private static FileVisitResult goOn(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
