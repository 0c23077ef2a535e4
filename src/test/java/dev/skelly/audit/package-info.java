@NullMarked
package dev.skelly.audit;

import org.jspecify.annotations.NullMarked;
