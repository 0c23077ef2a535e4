package dev.skelly.eventlog;

/**
 * The newest link of the chain.
 *
 * @param position of the newest stamped event; 0 in an empty log
 * @param hash that event's, 64 hexadecimal digits; it covers every event before it
 */
public record HashChainHead(long position, String hash) {

    /** Of a log in which nothing is stamped yet. */
    public static final HashChainHead EMPTY = new HashChainHead(0, "0".repeat(64));
}
