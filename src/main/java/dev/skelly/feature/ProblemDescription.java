package dev.skelly.feature;

/**
 * A problem that a route can answer.
 *
 * @param kind gives its status
 * @param code the problem's code, also the slug of its type
 * @param when one sentence: what has to be so
 */
public record ProblemDescription(Problem.Kind kind, String code, String when) {}
