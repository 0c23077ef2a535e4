package dev.skelly.apidocs;

import dev.skelly.event.EventType;
import dev.skelly.stream.CloseReason;
import dev.skelly.stream.GapReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Generates TypeScript for browsers: the names of all event types, and the types of their data as any one reader may get it. */
final class TypeScript {

    private static final String ENVELOPE =
            """
            /** An event as a stream carries it: CloudEvents 1.0. */
            export interface CloudEvent<T extends EventType = EventType> {
              readonly specversion: "1.0";
              readonly id: string;
              readonly source: string;
              readonly type: T;
              readonly subject: string;
              readonly time: string;
              readonly datacontenttype?: "application/json";
              readonly correlationid?: string;
              readonly causationid?: string;
              readonly traceparent?: string;
              readonly subjectversion?: number;
              readonly topics?: string;
              readonly data: EventData[T];
            }

            /** Any event; `type` is the discriminator. */
            export type SkellyEvent = { [T in EventType]: CloudEvent<T> }[EventType];

            /** A request body of POST /api/events; `type` determines the type of `data`. */
            export type Emission<T extends EmittableType = EmittableType> = {
              [K in T]: {
                readonly type: K;
                readonly data: EmissionData[K];
                readonly subject?: string;
                readonly channel?: string;
                readonly id?: string;
              };
            }[T];

            /** The control messages of a stream, by the name of the frame. */
            export interface StreamControl {
              readonly "skelly.hello": { readonly connection: string; readonly resumed: boolean; readonly heartbeatSeconds: number };
              readonly "skelly.ready": { readonly cursor: string };
              readonly "skelly.gap": { readonly reason: @GAPS@ };
              readonly "skelly.bye": { readonly reason: @BYES@; readonly retryMs: number };
            }
            """.replace("@GAPS@", union(GapReason.words())).replace("@BYES@", union(CloseReason.words()));

    private TypeScript() {}

    static String of(ApiModel surface) {
        var constants = constants(surface.types());
        var text = new StringBuilder("// Made by Skelly ").append(line(surface.version()));
        text.append(" from its event types.\n\n/** The name of every event type. */\nexport const EventType = {\n");
        constants.forEach((constant, type) -> text.append("  /** ")
                .append(comment(type.meaning()))
                .append(" */\n  ")
                .append(constant)
                .append(": ")
                .append(TypeScriptType.literal(type.name()))
                .append(",\n"));
        text.append("} as const;\n\nexport type EventType = (typeof EventType)[keyof typeof EventType];\n");
        constants.forEach((constant, type) -> text.append("\n/** Data of ")
                .append(TypeScriptType.literal(type.name()))
                .append(": ")
                .append(comment(type.meaning()))
                .append(" */\nexport type ")
                .append(name(constant))
                .append(" = ")
                .append(TypeScriptType.of(MessageObjects.visible(type)))
                .append(";\n"));
        text.append("\n/** The data of each type. */\nexport interface EventData {\n");
        constants.forEach((constant, type) -> text.append("  readonly ")
                .append(TypeScriptType.literal(type.name()))
                .append(": ")
                .append(name(constant))
                .append(";\n"));
        text.append("}\n\n/** The types that clients may emit. */\nexport type EmittableType = ")
                .append(emittable(surface));
        text.append(
                        ";\n\n/** The data of each type that may be emitted, with all fields that its emitter must send. */\n")
                .append("export interface EmissionData {\n");
        constants.forEach((constant, type) -> text.append(emitted(constant, type)));
        return text.append("}\n\n").append(ENVELOPE).toString();
    }

    /* A reader may not see every field, so fewer fields are required when reading. */
    private static String emitted(String constant, EventType type) {
        if (type.emission() == null) {
            return "";
        }
        var data =
                type.schema().equals(MessageObjects.visible(type)) ? name(constant) : TypeScriptType.of(type.schema());
        return "  readonly " + TypeScriptType.literal(type.name()) + ": " + data + ";\n";
    }

    private static String emittable(ApiModel surface) {
        var names = surface.types().stream()
                .filter(type -> type.emission() != null)
                .map(EventType::name)
                .toList();
        return union(names);
    }

    private static String union(List<String> words) {
        return words.isEmpty()
                ? "never"
                : words.stream().map(TypeScriptType::literal).collect(Collectors.joining(" | "));
    }

    /* Two names that differ only in punctuation get different constants. */
    private static Map<String, EventType> constants(List<EventType> types) {
        var constants = new LinkedHashMap<String, EventType>();
        var names = new HashSet<String>();
        for (var type : types) {
            var constant = type.constant();
            for (var number = 2; !names.add(name(constant)); number++) {
                constant = type.constant() + "_" + number;
            }
            constants.put(constant, type);
        }
        return constants;
    }

    /** Returns {@code UserLoggedInData} for {@code USER_LOGGED_IN}. */
    private static String name(String constant) {
        return Arrays.stream(constant.split("_"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", "", "Data"));
    }

    private static String comment(String text) {
        return line(text).replace("*/", "* /");
    }

    private static String line(String text) {
        var lines = new ArrayList<String>();
        text.lines().map(String::strip).forEach(lines::add);
        return String.join(" ", lines);
    }
}
