package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    @Channels({"user:{person}", "role:admin"})
    sealed interface ParcelEvent extends Event {

        @EventName(value = "parcel.sent", formerly = "parcel.posted", version = 2)
        @Description("A parcel left the house.")
        @Retention(days = 30)
        record Sent(
                UUID person,
                @VisibleTo("admin") int cents,
                @Sensitive String address,
                @Nullable Instant due) implements ParcelEvent {

            @Override
            public String subject() {
                return "user:" + person;
            }

            @Override
            public Audience audience() {
                return Audience.userAndAdmins(person);
            }
        }
    }

    private static final Upcast CENTS = new Upcast("parcel.sent", 1, EventTypeTest::toCents);
    private static final Map<String, List<Class<? extends Event>>> FAMILIES =
            Map.of("/skelly/parcels", List.of(ParcelEvent.class));

    private static ObjectNode toCents(ObjectNode data) {
        var euros = data.remove("euros").asInt();
        return data.put("cents", euros * 100);
    }

    private static EventTypeRegistry eventTypes(Upcast... upcasts) {
        return EventTypeRegistry.of(FAMILIES, new EventTypeRegistry.Declared(List.of(), List.of(), List.of(upcasts)));
    }

    @Test
    void saysAllThatTheRecordSays() {
        var type = eventTypes(CENTS).named("parcel.sent").orElseThrow();

        assertThat(type.meaning()).isEqualTo("A parcel left the house.");
        assertThat(type.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(type.constant()).isEqualTo("PARCEL_SENT");
        assertThat(type.fields()).containsExactlyInAnyOrder("person", "cents", "address", "due");
        assertThat(type.schema().get("required")).isEqualTo(List.of("person", "cents"));
        assertThat(type.sensitive()).containsExactly("address");
        assertThat(type.reaches("user:1")).isTrue();
        assertThat(type.reaches("public")).isFalse();
    }

    @Test
    void hidesFieldsByRole() {
        var views = eventTypes(CENTS).named("parcel.sent").orElseThrow().views();

        assertThat(views.hiddenFrom(Set.of("user"))).containsExactly("address", "cents");
        assertThat(views.hiddenFrom(Set.of("user", FieldVisibility.SELF))).containsExactly("cents");
        assertThat(views.hiddenFrom(Set.of("user", "admin"))).isEmpty();
    }

    @Test
    void bringsOldDataToThePresentNameAndVersion() {
        var old = SampleEvents.envelope("parcel.posted", 1, "{\"person\":\"x\",\"euros\":3}");

        var present = eventTypes(CENTS).present(old);

        assertThat(present.type()).isEqualTo("parcel.sent");
        assertThat(present.version()).isEqualTo(2);
        assertThat(present.data()).isEqualTo("{\"person\":\"x\",\"cents\":300}");
        assertThat(present.position()).isEqualTo(old.position());
    }

    @Test
    void leavesAloneWhatIsPresentOrUnknown() {
        var eventTypes = eventTypes(CENTS);
        var unknown = SampleEvents.envelope("cat.fed", 7, "{}");
        var newer = SampleEvents.envelope("parcel.sent", 3, "{\"a\":1}");

        assertThat(eventTypes.present(unknown)).isSameAs(unknown);
        assertThat(eventTypes.present(newer).data()).isEqualTo("{\"a\":1}");
    }

    @Test
    void refusesAVersionWithoutItsUpcasts() {
        assertThatThrownBy(() -> eventTypes()).hasMessageContaining("parcel.sent version 2: no upcast from 1");
        assertThatThrownBy(() -> eventTypes(CENTS, new Upcast("parcel.sent", 2, data -> data)))
                .hasMessageContaining("from 2 (expected: 1 to 1)");
        assertThatThrownBy(() -> eventTypes(CENTS, new Upcast("parcel.lost", 1, data -> data)))
                .hasMessageContaining("parcel.lost");
    }

    record Branch(String name, List<Branch> branches) {}

    @Test
    void refusesARecordThatContainsItself() {
        assertThatThrownBy(() -> DataSchema.of(Branch.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Branch contains itself (expected: records of a fixed depth");
    }
}
