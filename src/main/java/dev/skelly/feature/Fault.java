package dev.skelly.feature;

/**
 * One thing wrong with an input.
 *
 * @param pointer JSON pointer as a URI fragment, e.g. {@code #/email}; {@code #} is the whole body; for a query parameter its name
 * @param code stable word: {@code required}, {@code type}, {@code format}, {@code max-length}, {@code unknown}, …
 * @param detail what was expected, for a person
 */
public record Fault(String pointer, String code, String detail) {}
