@NullMarked
package dev.skelly.features.history;

import org.jspecify.annotations.NullMarked;
