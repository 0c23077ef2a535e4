/**
 * What must hold while processes are killed, stopped and cut off: real processes of the jar, clients that write down what they did, and the
 * checker at the end.
 *
 * <p>{@code -Dskelly.torture=true} makes load and outages as long as the product promises to bear; without it they are short.
 */
@NullMarked
package dev.skelly.faults;

import org.jspecify.annotations.NullMarked;
