/** Tests of the HTTP side over real sockets, with toy routes. */
@NullMarked
package dev.skelly.http;

import org.jspecify.annotations.NullMarked;
