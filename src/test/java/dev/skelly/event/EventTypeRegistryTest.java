package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTypeRegistryTest {

    @Channels("public")
    sealed interface LampEvent extends Event {
        @Override
        default String subject() {
            return "lamp:1";
        }

        @Override
        default Audience audience() {
            return Audience.of(Audience.PUBLIC);
        }

        @EventName(value = "lamp.lit", formerly = "lamp.on")
        @Description("A lamp was lit.")
        record Lit(int watts) implements LampEvent {}
    }

    sealed interface FaultyEvent extends LampEvent2 {
        record Nameless() implements FaultyEvent {}

        @EventName("Lamp.Lit")
        @Description("A fault.")
        record Shouting() implements FaultyEvent {}

        @EventName("skelly.hello")
        @Description("A fault.")
        record Reserved() implements FaultyEvent {}

        @EventName("lamp.lit")
        @Description("A fault.")
        record Twice() implements FaultyEvent {}
    }

    @Channels("public")
    interface LampEvent2 extends Event {
        @Override
        default String subject() {
            return "lamp:2";
        }

        @Override
        default Audience audience() {
            return Audience.of(Audience.PUBLIC);
        }
    }

    @Test
    void knowsATypeByItsRecordAndByEveryName() {
        var eventTypes = EventTypeRegistry.of(Map.of("/skelly/lamps", List.of(LampEvent.class)));

        var type = eventTypes.typeOf(new LampEvent.Lit(5));

        assertThat(type.name()).isEqualTo("lamp.lit");
        assertThat(type.source()).isEqualTo("/skelly/lamps");
        assertThat(eventTypes.named("lamp.on")).contains(type);
        assertThat(eventTypes.named("lamp.out")).isEmpty();
    }

    @Test
    void namesEveryFaultAtOnce() {
        assertThatThrownBy(() ->
                        EventTypeRegistry.of(Map.of("/skelly/lamps", List.of(LampEvent.class, FaultyEvent.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nameless: no @EventName")
                .hasMessageContaining("Lamp.Lit")
                .hasMessageContaining("skelly.hello")
                .hasMessageContaining("lamp.lit is used by");
    }
}
