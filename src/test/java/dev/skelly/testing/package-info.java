/** Real servers for tests: started when first asked for, on free ports, over folders that vanish with the JVM. */
@NullMarked
package dev.skelly.testing;

import org.jspecify.annotations.NullMarked;
