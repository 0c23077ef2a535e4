/** The main class. {@code dev.skelly.node.NodeBuilder} composes a node, {@code dev.skelly.node.Features} lists the features. */
@NullMarked
package dev.skelly;

import org.jspecify.annotations.NullMarked;
