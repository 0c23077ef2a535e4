package dev.skelly.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The readers of an event: every reader who may read at least one of its channels.
 *
 * @param channels names such as {@code user:0192…}, {@code role:admin}, {@code public}; sorted, without duplicates
 */
public record Audience(List<String> channels) {

    /** The channel of every reader. */
    public static final String PUBLIC = "public";

    /** The role that sees everything an operator may see. */
    public static final String ADMIN = "admin";

    private static final String PERSON = "user:";
    private static final String ROLE = "role:";
    private static final Pattern PERSON_FORM =
            Pattern.compile("user:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Sorts the channels and drops duplicates. */
    public Audience {
        channels = channels.stream().distinct().sorted().toList();
    }

    /** Creates an audience of exactly these channels. */
    public static Audience of(String... channels) {
        return new Audience(Arrays.asList(channels));
    }

    /** Returns the channel of one person. */
    public static String user(UUID account) {
        return PERSON + account;
    }

    /**
     * Finds the one person whom an event is about. An event is about a person when its subject is that person, or when it goes to that
     * person's channel and no other's. A person is {@code user:} followed by an account id; any other text after {@code user:} is not a
     * person.
     *
     * @return empty when the event is about no person, or about several
     */
    public static Optional<String> person(String subject, Collection<String> channels) {
        if (isPerson(subject)) {
            return Optional.of(subject);
        }
        var people = channels.stream().filter(Audience::isPerson).distinct().toList();
        return people.size() == 1 ? Optional.of(people.get(0)) : Optional.empty();
    }

    /** Returns the account of a person in the form that {@link #user} writes. */
    public static UUID account(String person) {
        return UUID.fromString(person.substring(PERSON.length()));
    }

    private static boolean isPerson(String text) {
        return text.startsWith(PERSON) && PERSON_FORM.matcher(text).matches();
    }

    /** Returns whether a channel has the form of one person's, or of a role's. */
    public static boolean isPersonOrRole(String channel) {
        return isPerson(channel) || (channel.startsWith(ROLE) && channel.length() > ROLE.length());
    }

    /** Returns the channel of all accounts with a role. */
    public static String role(String role) {
        return ROLE + role;
    }

    /** Creates an audience of one person and the administrators, as most events about an account need. */
    public static Audience userAndAdmins(UUID account) {
        return of(user(account), role(ADMIN));
    }
}
