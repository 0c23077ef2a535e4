package dev.skelly.crypto;

/**
 * The command that supplies the master key, under {@code security}.
 *
 * @param masterKeyCommand command whose first line of output is the master key, e.g. the client of a vault. Used if {@code security.master-key} is
 *     empty
 */
public record MasterKeyConfig(String masterKeyCommand) {

    /** The default settings. */
    public static final MasterKeyConfig DEFAULT = new MasterKeyConfig("");
}
