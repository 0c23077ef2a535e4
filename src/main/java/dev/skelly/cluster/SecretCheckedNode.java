package dev.skelly.cluster;

import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.impl.JoinMessage;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import java.net.UnknownHostException;

/**
 * Refuses a member without a proof of the secret. Hazelcast's own authentication belongs to its paid edition; this is the place where that
 * one stands.
 */
final class SecretCheckedNode extends DefaultNodeContext {

    private final ClusterSecret secret;
    private final RefusedPeers refused;

    SecretCheckedNode(ClusterSecret secret, RefusedPeers refused) {
        this.secret = secret;
        this.refused = refused;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public void validateJoinRequest(JoinMessage message) {
                if (!(message instanceof JoinRequest request) || !proven(request)) {
                    refused.joining(message.getAddress().toString());
                    throw new SecurityException(RefusedPeers.REFUSAL);
                }
                super.validateJoinRequest(message);
            }
        };
    }

    private boolean proven(JoinRequest request) {
        try {
            var address = request.getAddress();
            return secret.proves(request.getAttributes(), address.getInetAddress(), address.getPort());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
