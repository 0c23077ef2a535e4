package dev.skelly.feature;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a record's schema in {@code /openapi.json} when it differs from the record's own name. Client generators name types after it, so it
 * stays when the record is renamed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SchemaName {

    /** Upper camel case, e.g. {@code User}; unique in the program. */
    String value();
}
