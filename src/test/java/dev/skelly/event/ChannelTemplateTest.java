package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTemplateTest {

    @Test
    void isFilledWithValuesAndReadBack() {
        var template = ChannelTemplate.of("topic:shop/{shop}/cart-{cart}");

        var channel = template.fill(Map.of("shop", "north", "cart", "7"), Optional.empty());

        assertThat(channel).contains("topic:shop/north/cart-7");
        assertThat(template.matches("topic:shop/north/cart-7")).isTrue();
        assertThat(template.read("topic:shop/north/cart-7")).contains(Map.of("shop", "north", "cart", "7"));
        assertThat(template.slots()).containsExactly("shop", "cart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x\ny", "a/b", "a:b", "{cart}", "ä"})
    void takesNoValueThatReachesIntoAnotherChannel(String value) {
        var template = ChannelTemplate.of("topic:cart/{cart}");

        assertThat(template.fill(Map.of("cart", value), Optional.empty())).isEmpty();
        assertThat(template.matches("topic:cart/" + value)).isFalse();
    }

    @Test
    void standsForTheActor() {
        assertThat(ChannelTemplate.of("self").fill(Map.of(), Optional.of("1"))).contains("user:1");
        assertThat(ChannelTemplate.of("self").fill(Map.of(), Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Public", "user", "user:", "user:{}", "topic:{a}/{a}", "topic:*", "topic:a b", "topic:{a"})
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> ChannelTemplate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void letsOnlyTheOwnAccountIntoAnInbox() {
        var topic = new Topic(ChannelTemplate.of("topic:inbox/{user}"), Set.of("user"));

        assertThat(topic.admits("topic:inbox/1", "1", Set.of("user"))).isTrue();
        assertThat(topic.admits("topic:inbox/2", "1", Set.of("user"))).isFalse();
        assertThat(topic.admits("topic:inbox/1", "1", Set.of("guest"))).isFalse();
        assertThat(topic.admits("topic:outbox/1", "1", Set.of("user"))).isFalse();
    }
}
