package dev.skelly.eventlog;

/**
 * The newest link of the chain.
 *
 * @param position of the newest sequenced event; 0 in an empty log
 * @param hash of that event, 64 hexadecimal digits; it covers every event before it
 */
public record HashChainHead(long position, String hash) {

    /** The head of a log without sequenced events. */
    public static final HashChainHead EMPTY = new HashChainHead(0, "0".repeat(64));
}
