@NullMarked
package dev.skelly.history;

import org.jspecify.annotations.NullMarked;
