package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Exports events from the log for the operator, and imports them. One call at a time. */
public interface LogTransfer {

    /** The number of lines that are imported in one transaction. */
    int BATCH = 500;

    /** The maximum length of an imported line in bytes: an export of the longest data, with its numbers written out, is shorter. */
    int LINE_BYTES_MAX = 4_194_304;

    /**
     * Exports events as lines, oldest first, after the export was recorded in the audit log. Each line has a proof that this log wrote it.
     *
     * @param lines receives each line, on a context of this object
     * @return the number of events; fails with a {@link Problem} when the query is invalid
     */
    Future<Long> export(ExportQuery query, Consumer<String> lines);

    /**
     * Imports lines. A line whose proof is of this log, or of one with the same master key, is appended as it was, although its type may be
     * declared otherwise today, or no more. Each other line is validated against today's type.
     *
     * @param next returns the next lines, each without its end, at most {@link #BATCH}, none at the end; called where it may block
     */
    Future<ImportResult> importAll(Callable<List<byte[]>> next);

    /**
     * The parameters of an export.
     *
     * @param after a cursor, {@code earliest} or {@code latest}
     * @param types names, or patterns such as {@code user.*}; empty for all
     * @param limit the maximum number
     * @param open whether encrypted fields are decrypted
     * @param follow whether to continue with later events until the limit is reached
     */
    record ExportQuery(String after, List<String> types, long limit, boolean open, boolean follow) {

        /** Copies the types. */
        public ExportQuery {
            types = List.copyOf(types);
        }
    }

    /**
     * The result of an import.
     *
     * @param faults one sentence for each line that was not imported, with its number
     */
    record ImportResult(long appended, long repeated, List<String> faults) {

        /** Nothing was imported. */
        public static final ImportResult NONE = new ImportResult(0, 0, List.of());

        /** Copies the errors. */
        public ImportResult {
            faults = List.copyOf(faults);
        }
    }
}
