@NullMarked
package dev.skelly.transfer;

import org.jspecify.annotations.NullMarked;
