package dev.skelly.feature.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A text that no log line may show: a password's hash, a token.
 *
 * @param reveal the text
 */
record Secret(@JsonValue String reveal) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Secret {}

    @Override
    public String toString() {
        return "(secret)";
    }
}
