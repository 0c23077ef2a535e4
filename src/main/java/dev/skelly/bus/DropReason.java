package dev.skelly.bus;

/** Why a message of another node is dropped. Each is a label of the counter {@code skelly_bus_dropped_total}. */
public enum DropReason {
    /** Another codec than that of sealed messages wrote it. */
    UNSEALED("is not sealed: a program that is no node of this cluster sent it"),
    /** No secret opens it: the sender has another one, or the message, its address or its header was changed. */
    FORGED("is not sealed with cluster.secret: a stranger, a node with another secret, or a changed message"),
    /** Its sequence number was seen before, or is too old to be told from one that was. */
    REPLAYED("was received before: it is replayed"),
    /** Its time is too far from this node's clock, or before the start of this node. */
    CLOCK("has a time that this node does not accept: it is replayed, or the clocks of the nodes differ"),
    /** It is sealed, but is no record that is accepted at its address. */
    UNKNOWN("holds a record that this node does not know: the nodes run different releases");

    private final String explanation;

    DropReason(String explanation) {
        this.explanation = explanation;
    }

    /** Returns the label's value. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Continues the sentence "A message …". */
    String explanation() {
        return explanation;
    }
}
