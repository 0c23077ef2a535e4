@NullMarked
package dev.skelly.features.settings;

import org.jspecify.annotations.NullMarked;
