package dev.skelly.feature;

/**
 * One thing wrong with an input.
 *
 * @param pointer JSON pointer as a URI fragment, e.g. {@code #/email}; {@code #} is the whole body; for a query parameter its name
 * @param code stable word: {@code required}, {@code type}, {@code format}, {@code max-length}, {@code unknown}, …
 * @param detail what was expected, for a person
 */
@SchemaName("FieldError")
public record FieldError(String pointer, String code, String detail) {

    /** The same fault of something that is itself a part of the input, at {@code place}. */
    public FieldError below(String place) {
        return new FieldError(place + pointer.substring(1), code, detail);
    }

    /** Whether this is a fault of the same place as another, or of a part of it. */
    public boolean isWithin(FieldError other) {
        return pointer.equals(other.pointer) || pointer.startsWith(other.pointer + "/");
    }
}
