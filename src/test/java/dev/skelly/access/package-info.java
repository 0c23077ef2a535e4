/** Who may do what over HTTP, held against every route that the program describes. */
@org.jspecify.annotations.NullMarked
package dev.skelly.access;
