package dev.skelly.bus;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Wraps the event bus with typed channels and records. Accepts from other nodes only what is sealed with the cluster's secret for the address
 * where it arrives; the rest is dropped and counted.
 */
public final class MessageBus {

    private final EventBus bus;
    private final RecordCodec codec;
    private final DroppedMessages dropped;

    /** Creates the bus of a node that is alone. */
    public MessageBus(Vertx vertx, JsonMapper json) {
        this(vertx, json, Optional.empty(), new SimpleMeterRegistry());
    }

    /**
     * Registers the record codec; once for each {@link Vertx}. The records of {@link BusChannels} are allowed from the start.
     *
     * @param seal empty on a node that is alone
     * @param meters counts what is dropped
     */
    public MessageBus(Vertx vertx, JsonMapper json, Optional<MessageSeal> seal, MeterRegistry meters) {
        this.bus = vertx.eventBus();
        this.codec = new RecordCodec(json, seal);
        this.dropped = new DroppedMessages(meters);
        codec.allow(BusChannels.records());
        bus.registerCodec(codec);
        bus.serializableChecker(name -> false); // No class is loaded because another node names it.
        bus.clusterSerializableChecker(name -> false);
    }

    /** Allows more records to travel between nodes. */
    public void allow(Collection<BusRecord> records) {
        codec.allow(records);
    }

    /** Sends to every subscriber in the cluster; at most once, so only for messages whose loss the log repairs. */
    public <T> void publish(BusChannel<T> channel, T message) {
        bus.publish(channel.address(), new AddressedRecord(channel.address(), message), options());
    }

    /** Subscribes to a channel, on the caller's context. */
    public <T> MessageConsumer<?> subscribe(BusChannel<T> channel, Consumer<T> subscriber) {
        return bus.consumer(
                channel.address(), message -> accept(message, channel.type()).ifPresent(subscriber));
    }

    /**
     * Sends a request to one responder.
     *
     * @param local whether only responders on this node are addressed, by reference
     * @return fails with {@link ReplyException} when there is no responder, no reply in time, or one that is not sealed
     */
    public Future<Object> request(String address, Object message, boolean local, Duration timeout) {
        var options = options().setLocalOnly(local).setSendTimeout(timeout.toMillis());
        return bus.request(address, new AddressedRecord(address, message), options)
                .map(reply -> accept(reply, Object.class)
                        .orElseThrow(() -> new ReplyException(ReplyFailure.ERROR, "the reply was dropped")));
    }

    /**
     * Registers a responder, for requests from this node only or from any.
     *
     * @param type the class of a request; others are dropped
     * @param responder must not fail: rejections are replies too
     */
    public <T> MessageConsumer<?> respond(
            String address, boolean local, Class<T> type, Function<T, Future<Object>> responder) {
        Handler<Message<Object>> handler =
                message -> accept(message, type).ifPresent(request -> answer(message, responder.apply(request)));
        return local ? bus.localConsumer(address, handler) : bus.consumer(address, handler);
    }

    private static void answer(Message<Object> request, Future<Object> answer) {
        answer.onSuccess(reply -> request.reply(new AddressedRecord(request.replyAddress(), reply), options()))
                .onFailure(failure -> request.fail(-1, failure.getClass().getSimpleName()));
    }

    private <T> Optional<T> accept(Message<?> message, Class<T> type) {
        try {
            var content = content(message);
            if (type.isInstance(content)) {
                return Optional.of(type.cast(content));
            }
            dropped.drop(DropReason.UNKNOWN, message.address());
        } catch (DroppedMessageException refused) {
            dropped.drop(refused.reason(), message.address());
        }
        return Optional.empty();
    }

    /* Only this node makes an addressed record: from the wire comes a sealed one, or what another codec wrote. */
    private Object content(Message<?> message) {
        var body = body(message);
        if (body instanceof AddressedRecord local) {
            return local.content();
        }
        if (body instanceof SealedRecord arrived) {
            return codec.open(arrived, message.address());
        }
        throw new DroppedMessageException(DropReason.UNSEALED);
    }

    private static Object body(Message<?> message) {
        try {
            var body = message.body();
            return body == null ? "" : body;
        } catch (RuntimeException foreign) { // The library's own codecs read what a stranger wrote.
            throw new DroppedMessageException(DropReason.UNSEALED);
        }
    }

    private static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(RecordCodec.NAME);
    }
}
