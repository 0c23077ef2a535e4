package dev.skelly.crypto;

/**
 * The command that supplies the master key, under {@code security}.
 *
 * @param masterKeyCommand command whose first line of output is the master key, e.g. the client of a vault. Used if {@code security.master-key} is
 *     empty
 * @param unsealedKeys whether a node starts over the database of {@code db.url} without a master key, with unencrypted keys in it
 */
public record MasterKeyConfig(String masterKeyCommand, boolean unsealedKeys) {

    /** The default settings. */
    public static final MasterKeyConfig DEFAULT = new MasterKeyConfig("", false);
}
