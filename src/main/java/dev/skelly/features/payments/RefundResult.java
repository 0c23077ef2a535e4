package dev.skelly.features.payments;

/** What the provider says of a refund. */
enum RefundResult {
    /** It gave the money back. */
    REFUNDED,
    /** It reports the result later. */
    PENDING
}
