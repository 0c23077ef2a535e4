@NullMarked
package dev.skelly.features.transfer;

import org.jspecify.annotations.NullMarked;
