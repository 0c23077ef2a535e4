package dev.skelly.bench;

import java.net.InetSocketAddress;

/** A server whose streams are measured; it runs in processes of its own. */
interface StreamServer extends AutoCloseable {

    /** Which cores a server may use. The generator has the second one. */
    String ONE_CORE = "0";

    /** Both cores; the generator takes its part of the second one. */
    String TWO_CORES = "0,1";

    /** Returns the name of a figure of this server. */
    default String figure(String name) {
        return name;
    }

    InetSocketAddress address();

    /** Returns the request that opens the stream of one reader of the channel that {@link #post} publishes to. */
    byte[] reading(int reader);

    /** Returns the request that opens a stream to which nothing is published. */
    byte[] idle(int reader);

    /** What it writes when a stream is live; its first byte stands nowhere else in it. */
    String readyMark();

    /**
     * Returns a request that publishes to the readers.
     *
     * @param publisher the connection that it is for
     * @param events in one request; servers without batches take one only
     */
    Post post(int publisher, int events);

    /** The process, whose children belong to it. */
    ProcessHandle process();

    /** The process that holds the connections. */
    ProcessHandle holder();

    @Override
    void close();
}
