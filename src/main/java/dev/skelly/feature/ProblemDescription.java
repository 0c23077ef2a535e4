package dev.skelly.feature;

/**
 * A problem that a route can return.
 *
 * @param kind determines its status
 * @param code the problem's code, also the slug of its type
 * @param when one sentence: the condition under which it occurs
 */
public record ProblemDescription(Problem.Kind kind, String code, String when) {}
