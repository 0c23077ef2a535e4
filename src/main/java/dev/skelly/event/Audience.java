package dev.skelly.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who may see an event: everybody who may read at least one of its channels.
 *
 * @param channels names such as {@code user:0192…}, {@code role:admin}, {@code public}; sorted, without doubles
 */
public record Audience(List<String> channels) {

    /** The channel that every reader has. */
    public static final String PUBLIC = "public";

    /** The role that sees everything an operator may see. */
    public static final String ADMIN = "admin";

    private static final String PERSON = "user:";
    private static final Pattern PERSON_FORM =
            Pattern.compile("user:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Sorts the channels and drops doubles. */
    public Audience {
        channels = channels.stream().distinct().sorted().toList();
    }

    /** Exactly these channels. */
    public static Audience of(String... channels) {
        return new Audience(Arrays.asList(channels));
    }

    /** One person's own channel. */
    public static String user(UUID account) {
        return PERSON + account;
    }

    /**
     * The one person whom an event is about, as a subject: it happened to that person, or goes to that person's channel and no other's. A person is {@code user:} and an account's id; other words behind {@code user:} are nobody.
     *
     * @return empty when it is about nobody, or about several
     */
    public static Optional<String> person(String subject, Collection<String> channels) {
        if (isPerson(subject)) {
            return Optional.of(subject);
        }
        var people = channels.stream().filter(Audience::isPerson).distinct().toList();
        return people.size() == 1 ? Optional.of(people.get(0)) : Optional.empty();
    }

    /** The account of a person, as {@link #user} writes it. */
    public static UUID account(String person) {
        return UUID.fromString(person.substring(PERSON.length()));
    }

    private static boolean isPerson(String text) {
        return text.startsWith(PERSON) && PERSON_FORM.matcher(text).matches();
    }

    /** The channel of everybody who has a role. */
    public static String role(String role) {
        return "role:" + role;
    }

    /** One person and the administrators: what most events about an account want. */
    public static Audience userAndAdmins(UUID account) {
        return of(user(account), role(ADMIN));
    }
}
