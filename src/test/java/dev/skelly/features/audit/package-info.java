@NullMarked
package dev.skelly.features.audit;

import org.jspecify.annotations.NullMarked;
