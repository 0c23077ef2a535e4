@NullMarked
package dev.skelly.documents;

import org.jspecify.annotations.NullMarked;
