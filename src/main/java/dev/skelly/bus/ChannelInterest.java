package dev.skelly.bus;

import java.util.List;

/**
 * Which events a node wants live.
 *
 * @param node its name, as in {@link BusChannel#at}
 * @param version grows with every change; a batch says by which version it was chosen
 * @param buckets numbers of the channel buckets it has readers for, see {@link ChannelBuckets}
 * @param leaving true when the node stops and wants nothing more
 */
public record ChannelInterest(String node, long version, List<Integer> buckets, boolean leaving) {}
