package dev.skelly.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which readers see a field: without this, everybody in the audience does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface VisibleTo {

    /** Roles; {@link FieldVisibility#SELF} is the person whom the event is about. */
    String[] value();
}
