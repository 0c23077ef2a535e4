package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that is sealed in the log and goes when the key goes: that of the person whom the event happens to, else of the only
 * person whose own channel it goes to, else of the event's subject.
 *
 * <p>Shown to the person whom the event is about and to administrators, unless {@link VisibleTo} says otherwise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Sensitive {}
