package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.cluster.ClusterConfig;
import dev.skelly.cluster.ClusterMember;
import dev.skelly.config.SecretValue;
import dev.skelly.event.Json;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What arrives at the port of the event bus from a program that is no node of the cluster. */
class ForeignMessagesIT {

    private static final Duration TOLERANCE = Duration.ofSeconds(30);
    private static final BusChannel<EventsAppended> CHANNEL = BusChannels.APPENDED;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<EventsAppended> heard = new LinkedBlockingQueue<>();
    private final int busPort = SkellyProcess.freePort();
    private final ClusterConfig config = config();
    private ClusterMember member;
    private Vertx vertx;
    private MessageBus bus;

    private ClusterConfig config() {
        var port = SkellyProcess.freePort();
        return new ClusterConfig(
                true,
                "127.0.0.1",
                port,
                busPort,
                List.of("127.0.0.1:" + port),
                "skelly",
                new SecretValue(ClusterSettings.SECRET),
                TOLERANCE);
    }

    @BeforeEach
    void start() {
        member = Waiting.on(ClusterMember.join(config, meters));
        vertx = Waiting.on(member.vertx(new VertxOptions()));
        bus = new MessageBus(vertx, Json.mapper(), Optional.of(seal()), meters);
        Waiting.on(bus.subscribe(CHANNEL, heard::add).completion());
    }

    @AfterEach
    void stop() {
        Waiting.on(vertx.close());
        Waiting.on(member.leave());
    }

    private MessageSeal seal() {
        return new MessageSeal(config.keys().busKeys(), InstantSource.system(), TOLERANCE);
    }

    private double dropped(DropReason reason) {
        return meters.get("skelly.bus.dropped")
                .tag("reason", reason.label())
                .counter()
                .count();
    }

    @Test
    void isHeardFromANodeOnce() throws IOException {
        var frame = frame(sealed(seal(), CHANNEL.address(), new EventsAppended(7)));

        try (var log = LogLines.of(DroppedMessages.class)) {
            write(frame, frame, frame);
            await().until(() -> dropped(DropReason.REPLAYED) == 2);

            assertThat(heard).containsExactly(new EventsAppended(7));
            assertThat(log.lines()).singleElement().asString().contains("was received before");
        }
    }

    @Test
    void isDroppedWithoutTheSecret() throws IOException {
        var stranger = new MessageSeal(List.of(new byte[32]), InstantSource.system(), TOLERANCE);
        var changed = sealed(seal(), CHANNEL.address(), new EventsAppended(8));
        changed.setByte(changed.length() - 1, (byte) (changed.getByte(changed.length() - 1) ^ 1));

        try (var log = LogLines.of(DroppedMessages.class)) {
            write(
                    frame(sealed(stranger, CHANNEL.address(), new EventsAppended(7))),
                    frame(changed),
                    frame(sealed(seal(), "skelly.elsewhere", new EventsAppended(9))));
            await().until(() -> dropped(DropReason.FORGED) == 3);

            assertThat(heard).isEmpty();
            assertThat(log.lines()).singleElement().asString().contains("a node with another secret");
        }
    }

    @Test
    void isDroppedInEveryOtherForm() throws IOException {
        try (var log = LogLines.of(DroppedMessages.class)) {
            write(
                    systemFrame(9, Buffer.buffer().appendInt(2).appendString("hi")), // A string.
                    systemFrame(17, javaObject()), // A Java object: its class is never loaded.
                    systemFrame(16, named("dev.skelly.bus.Anything"))); // A class of the stranger's choice.
            await().until(() -> dropped(DropReason.UNSEALED) == 3);

            assertThat(heard).isEmpty();
            assertThat(log.lines()).singleElement().asString().contains("not sealed");
        }
    }

    @Test
    void isDroppedWhenItIsNoRecordOfTheAddress() throws IOException {
        write(frame(sealed(seal(), CHANNEL.address(), new LeaderElected("b", 1))));
        await().until(() -> dropped(DropReason.UNKNOWN) == 1);

        assertThat(heard).isEmpty();
    }

    @Test
    void isStillHeardAfterwards() throws IOException {
        isDroppedInEveryOtherForm();

        bus.publish(CHANNEL, new EventsAppended(11));

        await().until(() -> heard.contains(new EventsAppended(11)));
    }

    private static Buffer sealed(MessageSeal seal, String address, Object message) {
        var codec = new RecordCodec(Json.mapper(), Optional.of(seal));
        codec.allow(BusChannels.records());
        var wire = Buffer.buffer();
        codec.encodeToWire(wire, new AddressedRecord(address, message));
        return wire;
    }

    private static Buffer javaObject() {
        return Buffer.buffer().appendInt(4).appendBytes(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});
    }

    private static Buffer named(String className) {
        return Buffer.buffer().appendInt(className.length()).appendString(className);
    }

    /* The frame of Vert.x: length, version, codec, publish, address, no reply address, sender, no headers, body. */
    private static Buffer frame(Buffer body) {
        return framed(string(Buffer.buffer().appendByte((byte) -1), RecordCodec.NAME), body);
    }

    private static Buffer systemFrame(int codec, Buffer body) {
        return framed(Buffer.buffer().appendByte((byte) codec), body);
    }

    private static Buffer framed(Buffer codec, Buffer body) {
        var message = Buffer.buffer().appendByte((byte) 2).appendBuffer(codec).appendByte((byte) 1);
        string(message, CHANNEL.address()).appendInt(0);
        string(message, "a stranger").appendInt(4).appendBuffer(body);
        return Buffer.buffer().appendInt(message.length()).appendBuffer(message);
    }

    private static Buffer string(Buffer buffer, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    private void write(Buffer... frames) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
            for (var frame : frames) {
                socket.getOutputStream().write(frame.getBytes());
            }
            socket.getOutputStream().flush();
        }
    }
}
