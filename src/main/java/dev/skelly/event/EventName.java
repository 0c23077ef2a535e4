package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stored name of an event. It outlives the class: the record may be renamed, the name never. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {

    /** {@code subject.verb} in the past tense, lower case, e.g. {@code user.registered}. */
    String value();

    /** Names under which older rows of the log store the same event. */
    String[] formerly() default {};

    /**
     * Version of the data format, starting at 1. Each change that breaks old readers adds one and needs an upcast from the previous
     * version.
     */
    int version() default 1;
}
