package dev.skelly.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.List;
import java.util.Locale;

/** One validation of a document: counts its steps, and ends it when they or the errors are too many. Confined to one thread. */
final class ValidationRun extends ExecutionContext {

    private static final ExecutionConfig CONFIG = ExecutionConfig.builder()
            .locale(Locale.ROOT)
            .annotationCollectionEnabled(false)
            .formatAssertionsEnabled(true)
            .failFast(false)
            .build();
    private static final int ERROR_STEPS = 8;
    private static final int NESTED_MAX = 1_000; // Schemas that are being applied, one within the other.

    private final ValidationBudget budget;
    private final int errorsMax;
    private final List<Error> found;

    /**
     * Creates a run.
     *
     * @param errorsMax the run ends with this number of errors
     */
    ValidationRun(ValidationBudget budget, int errorsMax) {
        super(CONFIG);
        this.budget = budget;
        this.errorsMax = errorsMax;
        this.found = getErrors();
    }

    /** Returns the errors, without those of alternatives that are still being tried. */
    List<Error> found() {
        return found;
    }

    /**
     * Counts work that depends on the input.
     *
     * @throws Ended when it is too much
     */
    static void charge(ExecutionContext context, long steps) {
        if (context instanceof ValidationRun run && !run.budget.take(steps)) {
            throw new Ended(true);
        }
    }

    @Override
    public void evaluationPathAddLast(String token) {
        charge(this, 1);
        if (getEvaluationSchema().size() > NESTED_MAX) {
            throw new Ended(true);
        }
        super.evaluationPathAddLast(token);
    }

    @Override
    public void addError(Error error) {
        charge(this, ERROR_STEPS);
        super.addError(error);
        if (found.size() >= errorsMax) {
            throw new Ended(false);
        }
    }

    /** Ends a run. */
    static final class Ended extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean tooLong;

        private Ended(boolean tooLong) {
            super(null, null, false, false);
            this.tooLong = tooLong;
        }

        /** Returns whether the steps ran out, and not the errors. */
        boolean tooLong() {
            return tooLong;
        }
    }
}
