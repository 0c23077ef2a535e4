package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.util.Map;
import java.util.UUID;

/** Everything that is kept about a person. Fails with 404 when there is no such account. */
record ExportAccount(UUID account) implements Query<ExportAccount.AccountExport> {

    /**
     * What every feature keeps.
     *
     * @param features by the feature's name; without those that keep nothing
     */
    record AccountExport(Map<String, Object> features) {

        @Override
        public String toString() {
            return "Answer[]";
        }
    }
}
