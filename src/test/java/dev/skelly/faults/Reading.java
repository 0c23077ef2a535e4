package dev.skelly.faults;

import dev.skelly.ledger.Books;
import java.util.Set;

/**
 * What one reader of many asks for.
 *
 * @param person who reads
 * @param channels whose events it may see and asks for
 * @param types that it asks for; empty for all
 * @param query of the request, with its question mark, that says so; or empty
 * @param crawls whether it reads two kilobytes a second, from a small socket
 */
record Reading(Person person, Set<String> channels, Set<String> types, String query, boolean crawls) {

    /** All that a person without a further role may see. */
    static Reading everything(Person person) {
        return new Reading(person, Set.of("public", "role:user", own(person)), Set.of(), "", false);
    }

    /** All that an administrator may see. */
    static Reading asAdministrator(Person person, boolean crawls) {
        return new Reading(person, Set.of("public", "role:user", "role:admin", own(person)), Set.of(), "", crawls);
    }

    /** What goes to everybody. */
    static Reading ofThePublic(Person person) {
        return new Reading(person, Set.of("public"), Set.of(), "?channels=public", false);
    }

    /** These types only. */
    static Reading of(Person person, Set<String> types) {
        return new Reading(person, everything(person).channels(), types, "?types=" + String.join(",", types), false);
    }

    private static String own(Person person) {
        return "user:" + person.account();
    }

    boolean sees(Books.Row row) {
        if (!types.isEmpty() && !types.contains(row.type())) {
            return false;
        }
        for (var channel : row.channels()) {
            if (channels.contains(channel)) {
                return true;
            }
        }
        return false;
    }
}
