package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stored name of an event. It outlives the class: rename the record freely, never the name. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {

    /** {@code subject.verb} in the past tense, lower case, e.g. {@code user.registered}. */
    String value();

    /** Names under which older rows of the log hold the same event. */
    String[] formerly() default {};

    /** Version of the data's form, from 1; one more with each change that old readers would not understand, and an upcast from the last. */
    int version() default 1;
}
