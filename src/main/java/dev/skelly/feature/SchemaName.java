package dev.skelly.feature;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a record's schema in {@code /openapi.json}, where it is not the record's own name. Generators name types of clients after
 * it, so it stays when the record is renamed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SchemaName {

    /** Upper camel case, e.g. {@code User}; one record of the program has it. */
    String value();
}
