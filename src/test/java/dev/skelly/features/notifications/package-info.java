@NullMarked
package dev.skelly.features.notifications;

import org.jspecify.annotations.NullMarked;
