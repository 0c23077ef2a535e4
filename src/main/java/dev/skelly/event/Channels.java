package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares every channel that an event may go to, as templates such as {@code user:{userId}}, {@code role:admin}, {@code public}.
 *
 * <p>Annotates the record, or a family for all its members. {@link Event#audience} picks among these channels. An append to any other
 * channel is rejected, so the documents generated from this annotation are correct.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Channels {

    /** The templates. */
    String[] value();
}
