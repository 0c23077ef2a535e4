package dev.skelly.crypto;

/**
 * Where else the master key may come from, under {@code security}.
 *
 * @param masterKeyCommand asked where {@code security.master-key} is empty: its first line is what would stand there; empty for none
 */
public record MasterKeyConfig(String masterKeyCommand) {

    /** The default settings. */
    public static final MasterKeyConfig DEFAULT = new MasterKeyConfig("");
}
