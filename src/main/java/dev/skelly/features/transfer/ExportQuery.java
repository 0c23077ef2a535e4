package dev.skelly.features.transfer;

import java.util.List;

/**
 * The parameters of an export.
 *
 * @param after a cursor, {@code earliest} or {@code latest}
 * @param types names, or patterns such as {@code user.*}; empty for all
 * @param limit the maximum number
 * @param open whether encrypted fields are decrypted
 * @param follow whether to continue with later events until the limit is reached
 */
public record ExportQuery(String after, List<String> types, long limit, boolean open, boolean follow) {

    /** Copies the types. */
    public ExportQuery {
        types = List.copyOf(types);
    }
}
