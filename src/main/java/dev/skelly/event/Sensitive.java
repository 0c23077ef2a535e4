package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that is encrypted in the log and becomes unreadable when its key is erased. The key belongs to the person whom the event
 * happens to, else to the only person whose channel it goes to, else to the event's subject.
 *
 * <p>Visible to the person whom the event is about and to administrators, unless {@link VisibleTo} says otherwise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Sensitive {}
