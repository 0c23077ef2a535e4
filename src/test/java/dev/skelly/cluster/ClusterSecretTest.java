package dev.skelly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterSecretTest {

    private static final String OLD = "o".repeat(32);
    private static final String NEW = "n".repeat(32);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void isAskedForAndNotShown() {
        assertThatThrownBy(() -> ClusterSecret.check(" , "))
                .hasMessageStartingWith("cluster.secret: none (expected: at least 32 characters");
        assertThatThrownBy(() -> ClusterSecret.check("a short one"))
                .hasMessageStartingWith("cluster.secret: not shown (expected: at least 32 characters")
                .hasMessageNotContaining("short one");
        assertThatThrownBy(() -> ClusterSecret.check(OLD + "," + NEW + "," + OLD))
                .hasMessageContaining("or two such secrets");
    }

    @Test
    void provesAMemberAtItsAddressOnly() {
        var secret = new ClusterSecret(OLD, "skelly");
        var proof = Map.of(ClusterSecret.ATTRIBUTE, secret.proof(HERE, 5701));

        assertThat(secret.proves(proof, HERE, 5701)).isTrue();
        assertThat(secret.proves(proof, HERE, 5702)).isFalse();
        assertThat(secret.proves(Map.of(), HERE, 5701)).isFalse();
        assertThat(new ClusterSecret(NEW, "skelly").proves(proof, HERE, 5701)).isFalse();
        assertThat(new ClusterSecret(OLD, "other").proves(proof, HERE, 5701)).isFalse();
        assertThat(new ClusterSecret(NEW + ", " + OLD, "skelly").proves(proof, HERE, 5701))
                .isTrue();
    }

    @Test
    void makesAKeyOfEachSecretForTheBus() {
        var keys = new ClusterSecret(NEW + "," + OLD, "skelly").busKeys();

        assertThat(keys).hasSize(2).allMatch(key -> key.length == 32).doesNotHaveDuplicates();
        assertThat(keys.get(1))
                .isEqualTo(new ClusterSecret(OLD, "skelly").busKeys().get(0));
    }
}
