package dev.skelly.bus;

import java.util.List;

/**
 * The events that a node wants live.
 *
 * @param node its name, as in {@link BusChannel#at}
 * @param version increases with every change; a batch names the version by which it was selected
 * @param buckets numbers of the channel buckets for which it has readers, see {@link ChannelBuckets}
 * @param leaving true when the node stops and wants nothing more
 */
public record ChannelInterest(String node, long version, List<Integer> buckets, boolean leaving) {}
