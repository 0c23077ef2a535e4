package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.util.Map;
import java.util.UUID;

/** Exports the personal data of an account. Fails with 404 when there is no such account. */
record ExportAccount(UUID account) implements Query<ExportAccount.AccountExport> {

    /**
     * The data of every feature.
     *
     * @param features data by the feature's name, without features that store none
     */
    record AccountExport(Map<String, Object> features) {

        @Override
        public String toString() {
            return "Answer[]";
        }
    }
}
