@NullMarked
package dev.skelly.apidocs;

import org.jspecify.annotations.NullMarked;
