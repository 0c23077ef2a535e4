package dev.skelly.feature;

/**
 * One fault of an input.
 *
 * @param pointer JSON pointer as a URI fragment, e.g. {@code #/email}; {@code #} is the whole body; for a query parameter its name
 * @param code stable word: {@code required}, {@code type}, {@code format}, {@code max-length}, {@code unknown}, …
 * @param detail what was expected, for a person
 */
@SchemaName("FieldError")
public record FieldError(String pointer, String code, String detail) {

    /** Returns this fault moved below {@code place}, for an input that is part of another. */
    public FieldError below(String place) {
        return new FieldError(place + pointer.substring(1), code, detail);
    }

    /** Returns whether this fault concerns the same place as another, or a part of it. */
    public boolean isWithin(FieldError other) {
        return pointer.equals(other.pointer) || pointer.startsWith(other.pointer + "/");
    }
}
