package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Every channel that an event may go to, as templates such as {@code user:{userId}}, {@code role:admin}, {@code public}.
 *
 * <p>Stands on the record, or on a family for all its members. {@link Event#audience} picks among them; anything else is refused when the
 * event is appended, so that the documents made from this cannot lie.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Channels {

    /** The templates. */
    String[] value();
}
