package dev.skelly.bus;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/** Wraps the event bus with typed channels and records. */
public final class MessageBus {

    private final EventBus bus;
    private final RecordCodec codec;

    /** Registers the record codecs; once for each {@link Vertx}. The records of {@link BusChannels} are allowed from the start. */
    public MessageBus(Vertx vertx, JsonMapper json) {
        this.bus = vertx.eventBus();
        this.codec = new RecordCodec(json);
        codec.allow(BusChannels.records());
        bus.registerCodec(codec);
    }

    /** Allows more records to travel between nodes. */
    public void allow(Collection<BusRecord> records) {
        codec.allow(records);
    }

    /** Sends to every subscriber in the cluster; at most once, so only for messages whose loss the log repairs. */
    public <T> void publish(BusChannel<T> channel, T message) {
        bus.publish(channel.address(), message, options());
    }

    /** Subscribes to a channel, on the caller's context. */
    public <T> MessageConsumer<T> subscribe(BusChannel<T> channel, Consumer<T> subscriber) {
        return bus.<T>consumer(channel.address(), message -> subscriber.accept(message.body()));
    }

    /**
     * Sends a request to one responder.
     *
     * @param local whether only responders on this node are addressed, by reference
     * @return fails with {@link io.vertx.core.eventbus.ReplyException} when there is no responder or no reply in time
     */
    public Future<Object> request(String address, Object message, boolean local, Duration timeout) {
        var options = options().setLocalOnly(local).setSendTimeout(timeout.toMillis());
        return bus.request(address, message, options).map(Message::body);
    }

    /**
     * Registers a responder, for requests from this node only or from any.
     *
     * @param responder must not fail: rejections are replies too
     */
    public MessageConsumer<Object> respond(String address, boolean local, Function<Object, Future<Object>> responder) {
        return local ? bus.localConsumer(address, answer(responder)) : bus.consumer(address, answer(responder));
    }

    private static io.vertx.core.Handler<Message<Object>> answer(Function<Object, Future<Object>> responder) {
        return message -> responder
                .apply(message.body())
                .onSuccess(answer -> message.reply(answer, options()))
                .onFailure(failure -> message.fail(-1, failure.getClass().getSimpleName()));
    }

    private static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(RecordCodec.NAME);
    }
}
