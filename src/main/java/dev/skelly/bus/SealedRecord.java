package dev.skelly.bus;

/**
 * A record that arrived from another node and is not opened yet.
 *
 * @param bytes as {@link MessageSeal} made them, if a node of this cluster sent them
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives from the connection to the reader.
record SealedRecord(byte[] bytes) {}
