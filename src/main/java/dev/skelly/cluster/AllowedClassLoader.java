package dev.skelly.cluster;

import java.util.List;

/**
 * Loads for Hazelcast only the classes that members of a cluster send each other. Hazelcast loads whatever class another member names, and
 * runs its constructor, before it looks what it is.
 */
final class AllowedClassLoader extends ClassLoader {

    /* Hazelcast's own; the second is not there, and Hazelcast looks for it. */
    private static final List<String> PACKAGES = List.of("com.hazelcast.", "javax.cache.");

    /* The two records of the cluster manager. */
    private static final List<String> CLASSES = List.of(
            "io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo",
            "io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo");

    /* What a failure on another member consists of: Hazelcast sends it as a Java object. */
    static final List<String> FAILURES = List.of(
            "java.lang.Throwable",
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.Error",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.InterruptedException",
            "java.lang.NullPointerException",
            "java.lang.UnsupportedOperationException",
            "java.lang.StackTraceElement",
            "[Ljava.lang.StackTraceElement;",
            "java.io.IOException",
            "java.io.EOFException",
            "java.util.ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.TimeoutException");

    AllowedClassLoader() {
        super(AllowedClassLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!allows(name)) {
            // Not ClassNotFoundException: Hazelcast would ask other loaders then.
            throw new SecurityException("class " + name + " (expected: one that members of a cluster send)");
        }
        return super.loadClass(name, resolve);
    }

    private static boolean allows(String name) {
        return PACKAGES.stream().anyMatch(name::startsWith) || CLASSES.contains(name) || FAILURES.contains(name);
    }
}
