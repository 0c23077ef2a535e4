@NullMarked
package dev.skelly.settings;

import org.jspecify.annotations.NullMarked;
