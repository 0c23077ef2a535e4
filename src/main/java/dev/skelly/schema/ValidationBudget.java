package dev.skelly.schema;

/**
 * The steps that the validation of a request may take. A step is about one keyword applied to one value, fifty nanoseconds; work that grows
 * with the input counts as more. Counted instead of measured, so that what is valid depends on no machine. Confined to one thread.
 */
public final class ValidationBudget {

    /** About fifteen milliseconds, after which an event loop has other work to do. */
    static final long LOOP_STEPS = 250_000;
    /** A second: 64 KiB of text matched with the largest pattern, and everything else once more. */
    static final long WHOLE_STEPS = 20_000_000;

    private final boolean last;
    private long left;

    private ValidationBudget(long steps, boolean last) {
        this.left = steps;
        this.last = last;
    }

    /** Creates the budget of an event loop's turn. {@link SchemaValidator#faults} throws when it is used up. */
    public static ValidationBudget ofLoop() {
        return new ValidationBudget(LOOP_STEPS, false);
    }

    /** Creates the budget of a whole request, for a thread that may be held. A document that needs more is invalid. */
    public static ValidationBudget ofRequest() {
        return new ValidationBudget(WHOLE_STEPS, true);
    }

    /** Returns whether no larger budget will be tried. */
    boolean last() {
        return last;
    }

    /** Uses steps up, and returns whether there were as many. */
    boolean take(long steps) {
        left -= steps;
        return left >= 0;
    }
}
