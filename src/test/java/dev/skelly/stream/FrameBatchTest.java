package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class FrameBatchTest {

    private final Buffer a = Buffer.buffer("a");
    private final Buffer b = Buffer.buffer("b");
    private final Buffer c = Buffer.buffer("c");

    @Test
    void joinsFramesInTheirOrder() {
        var bundle = FrameBatch.empty().then(a).then(b).then(c);

        assertThat(bundle.buffer().toString()).isEqualTo("abc");
        assertThat(bundle.frames()).isEqualTo(3);
        assertThat(bundle.bytes()).isEqualTo(3);
    }

    @Test
    void isTheSameForAllWhoGetTheSame() {
        var empty = FrameBatch.empty();

        assertThat(empty.then(a).then(b)).isSameAs(empty.then(a).then(b));
        assertThat(empty.then(a).then(b).buffer())
                .isSameAs(empty.then(a).then(b).buffer());
        assertThat(empty.then(a).buffer()).isSameAs(a);
    }

    @Test
    void keepsApartWhoGetsSomethingElse() {
        var empty = FrameBatch.empty();
        var one = empty.then(a);
        var other = empty.then(b);

        assertThat(one.then(c).buffer().toString()).isEqualTo("ac");
        assertThat(other.then(c).buffer().toString()).isEqualTo("bc");
        assertThat(empty.then(a)).isSameAs(one);
    }

    @Test
    void isSharedByEachOfSeveralViews() {
        // Given
        var frames = java.util.stream.IntStream.range(0, 10)
                .mapToObj(n -> Buffer.buffer("view " + n))
                .toList();
        var empty = FrameBatch.empty();

        // When
        var first = frames.stream().map(empty::then).toList();

        // Then
        assertThat(frames.stream().map(empty::then).toList())
                .usingElementComparator(FrameBatchTest::identity)
                .isEqualTo(first);
    }

    private static int identity(FrameBatch one, FrameBatch other) {
        return System.identityHashCode(one) - System.identityHashCode(other);
    }
}
