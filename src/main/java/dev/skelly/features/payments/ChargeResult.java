package dev.skelly.features.payments;

/** What the provider says of a charge. */
sealed interface ChargeResult {

    /** It took the money. */
    record Charged(String chargeId) implements ChargeResult {}

    /** It refuses, and will not take the money later. */
    record Declined(String reason) implements ChargeResult {

        private static final int CHARS_MAX = 200;

        /** Cuts the provider's text, which goes into an event. */
        public Declined {
            reason = reason.length() > CHARS_MAX ? reason.substring(0, CHARS_MAX) : reason;
        }
    }

    /** It reports the result later. */
    record Pending() implements ChargeResult {}
}
