/** Forms the cluster: Hazelcast finds the members, the Vert.x event bus talks between them. Nothing is stored in either. */
@NullMarked
package dev.skelly.cluster;

import org.jspecify.annotations.NullMarked;
