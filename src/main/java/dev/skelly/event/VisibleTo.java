package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Restricts a field to some readers; without this annotation, the whole audience sees it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface VisibleTo {

    /** The roles; {@link FieldVisibility#SELF} is the person whom the event is about. */
    String[] value();
}
