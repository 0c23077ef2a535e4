@NullMarked
package dev.skelly.view;

import org.jspecify.annotations.NullMarked;
