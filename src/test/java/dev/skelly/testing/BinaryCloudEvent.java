package dev.skelly.testing;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.CloudEventUtils;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.message.impl.BaseGenericBinaryMessageReaderImpl;
import io.cloudevents.rw.CloudEventContextWriter;
import io.cloudevents.rw.CloudEventWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * An event as names, texts and bytes, taken apart and put together by the CloudEvents SDK for Java: what its bindings do, before and after
 * they give each name a prefix.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came, compared by nobody
public record BinaryCloudEvent(Map<String, String> attributes, byte[] data) {

    private static final String CONTENT_TYPE = "datacontenttype";

    /** Takes it apart. */
    public static BinaryCloudEvent of(CloudEvent event) {
        return CloudEventUtils.toReader(event).read(Apart::new);
    }

    /** Puts it together; throws when the SDK does not take it for one. */
    public CloudEvent event() {
        return new Together(this).toEvent();
    }

    private static final class Apart implements CloudEventWriter<BinaryCloudEvent> {

        private final Map<String, String> attributes = new HashMap<>();

        private Apart(SpecVersion version) {
            attributes.put("specversion", version.toString());
        }

        @Override
        public CloudEventContextWriter withContextAttribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        @Override
        public BinaryCloudEvent end(CloudEventData data) {
            return new BinaryCloudEvent(attributes, data.toBytes());
        }

        @Override
        public BinaryCloudEvent end() {
            return new BinaryCloudEvent(attributes, new byte[0]);
        }
    }

    private static final class Together extends BaseGenericBinaryMessageReaderImpl<String, String> {

        private final Map<String, String> attributes;

        private Together(BinaryCloudEvent event) {
            super(
                    SpecVersion.parse(Objects.requireNonNull(event.attributes().get("specversion"))),
                    BytesCloudEventData.wrap(event.data()));
            attributes = event.attributes();
        }

        @Override
        protected boolean isContentTypeHeader(String name) {
            return name.equals(CONTENT_TYPE);
        }

        @Override
        protected boolean isCloudEventsHeader(String name) {
            return !name.equals(CONTENT_TYPE);
        }

        @Override
        protected String toCloudEventsKey(String name) {
            return name;
        }

        @Override
        protected void forEachHeader(BiConsumer<String, String> each) {
            attributes.forEach(each);
        }

        @Override
        protected String toCloudEventsValue(String value) {
            return value;
        }
    }
}
