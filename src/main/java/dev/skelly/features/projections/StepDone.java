package dev.skelly.features.projections;

/**
 * The result of a step.
 *
 * @param events how many events were applied
 * @param more whether another step can follow at once
 */
record StepDone(int events, boolean more) {
    static final StepDone IDLE = new StepDone(0, false);
}
